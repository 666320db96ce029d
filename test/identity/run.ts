import { parseArgs } from 'node:util';
import { describeFlags, policyFlags, policyFrom } from './policyFlags';
import { type IdentityServer, type Options, startIdentityServer } from './server';

/**
 * Runs the server until SIGINT or SIGTERM. Flags: `--port`, and every policy in kebab case, `--access-token-lifetime 60` for one.
 * The first line printed is JSON (`url`, `users`, `clients`). One-time codes follow, as text, when they are needed.
 * Resolves with the exit code.
 */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<number> {
  let server: IdentityServer;
  try {
    server = await startIdentityServer({ ...readOptions(argv), onChallenge: ({ user }) => announce(user) });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const stopped = stopSignal();
  print(JSON.stringify(introduction(server)));
  await stopped;
  await server.close();
  return 0;
}

function announce(user: IdentityServer['users']['plain']): void {
  print(
    user.mfa === 'EMAIL'
      ? `E-mail to ${user.email}: your one-time code is ${user.code()}`
      : `The authenticator of ${user.name} shows ${user.code()}`,
  );
}

/** What a developer, or the program that started the server, needs to know. */
function introduction({ url, users, clients, policy }: IdentityServer): unknown {
  return {
    url,
    users: users.all().map(({ name, password, mfa, secret, idpSystem, idpAccessToken }) => ({
      name,
      password,
      mfa,
      ...(mfa === 'AUTHENTICATOR' ? { secret } : {}),
      ...(idpSystem === undefined ? {} : { idpSystem, idpAccessToken }),
    })),
    clients: clients
      .all()
      .map(({ id, secret, basic, grants, authenticatesBy }) => ({ id, secret, basic, grants, authenticatesBy })),
    policy,
  };
}

function readOptions(argv: readonly string[]): Partial<Options> {
  const flags = ['port', ...policyFlags.keys()].map((flag) => [flag, { type: 'string' }] as const);
  let values: Record<string, string | undefined>;
  try {
    values = parseArgs({ args: [...argv], options: Object.fromEntries(flags) }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage()}`, { cause: error });
  }
  const port = Number(values['port'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values['port'] ?? ''}".`);
  }
  return { port, policy: policyFrom(values) };
}

function usage(): string {
  return `Flags and their defaults:\n  --port <number> (any free one)\n${describeFlags()}`;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (require.main === module) {
  void main().then((code) => {
    process.exitCode = code;
  });
}
