import type { Client } from './clients';
import type { User } from './users';

/** The user that Reltio makes up for the token of a client: its name contains the client's id, and it cannot sign in. */
export function clientUser(client: Client): User {
  const name = `client_credentials_${client.id}`;
  return {
    name,
    email: `${name}@reltio.example`,
    password: '',
    mfa: 'none',
    secret: '',
    tenants: client.tenants,
    roles: { ROLE_API: client.tenants },
    entityUri: '',
    mails: [],
    code: () => '',
  };
}
