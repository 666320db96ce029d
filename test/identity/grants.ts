/** The grant types of this server's dialect; `client_credentials` is known by name only, and not supported yet. */
export type Grant = 'password' | 'refresh_token' | 'state_token' | 'client_credentials';
