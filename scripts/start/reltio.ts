import { codeMessage, introduction } from '../../test/identity/introduction';
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
      console.log(codeMessage(user));
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
    introduction: `${introduction(server)}
One-time codes are printed here when they are needed; Enter prints those of the authenticator apps.
In VS Code: F1, "Reltio: Sign In". "Consumer: Ask for a Session" then acts as another extension, and reltio-token in
a new terminal prints a token.`,
    authenticatorCodes: () =>
      server.users
        .all()
        .filter((user) => user.mfa === 'AUTHENTICATOR')
        .map(codeMessage)
        .join('\n'),
  };
}
