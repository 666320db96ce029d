/** The grant types of this server's dialect. */
export type Grant = 'password' | 'refresh_token' | 'state_token' | 'client_credentials' | 'authorization_code';
