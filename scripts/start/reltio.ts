import { startIdentityServer } from '../../test/identity/server';
import type { IdentityServer } from '../../test/identity/server';
import { onStop } from '../process/stop';

/** A Reltio identity server on this machine, to try the extension with. */
export interface Reltio {
  readonly server: IdentityServer;
  /** The settings that make VS Code use it. */
  readonly settings: Record<string, unknown>;
  /** Lists who can sign in, and how. */
  readonly introduction: string;
  /** The code that each authenticator app shows now. */
  authenticatorCodes(): string;
}

/** Starts the identity server of the tests. One-time codes are printed when they are sent or needed. */
export async function startReltio(): Promise<Reltio> {
  const server = await startIdentityServer({
    onChallenge: ({ user }) => {
      console.log(
        user.mfa === 'EMAIL'
          ? `E-mail to ${user.email}: your one-time code is ${user.code()}`
          : `The authenticator app of ${user.name} shows ${user.code()}`,
      );
    },
  });
  onStop(() => server.close());
  const { tenantId } = server.tenants[0] ?? {};
  return {
    server,
    settings: {
      'reltioAuth.environments': [{ name: 'local', url: server.url, authUrl: server.url, tenant: tenantId }],
      'consumer.url': `${server.url}/reltio/tenants/${tenantId ?? ''}/name`,
      'consumer.scopes': ['entities_api'],
    },
    introduction: introduction(server),
    authenticatorCodes: () =>
      server.users
        .all()
        .filter((user) => user.mfa === 'AUTHENTICATOR')
        .map((user) => `The authenticator app of ${user.name} shows ${user.code()}`)
        .join('\n'),
  };
}

function introduction(server: IdentityServer): string {
  const users = server.users.all().map((user) => {
    const second =
      user.idpSystem !== undefined
        ? `password at the identity provider ${user.idpSystem}`
        : {
            none: '',
            AUTHENTICATOR: 'then an authenticator code: printed here, and on Enter',
            EMAIL: 'then an e-mailed code: printed here',
          }[user.mfa];
    return `  ${user.name.padEnd(16)} ${user.password.padEnd(22)} ${second}`;
  });
  const clients = server.clients.all().map(({ id, secret }) => `  ${id.padEnd(16)} ${secret}`);
  return [
    `The Reltio identity server: ${server.url}`,
    'Users and passwords:',
    ...users,
    'Clients and secrets:',
    ...clients,
    'In VS Code: F1, "Reltio: Sign In". "Consumer: Ask for a Session" then acts as another extension.',
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}
