import { parseArgs } from 'node:util';
import { codeMessage, introduction, introductionData } from './introduction';
import { describeFlags, policyFlags, policyFrom } from './policyFlags';
import { type IdentityServer, type Options, startIdentityServer } from './server';

const usage = `npm run identity -- [flags]: a Reltio on this machine, to try sign-ins with.
  --port <number> (any free one)
  --json: prints users, clients and addresses as one line of JSON
  --help
What Reltio's pages leave open, and every failure that is not an outage, with the default in brackets:
${describeFlags()}`;

/**
 * Runs the server until SIGINT or SIGTERM. Prints who can sign in, and one-time codes when they are needed.
 * Resolves with the exit code.
 */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<number> {
  let server: IdentityServer;
  let isJson: boolean;
  try {
    const wishes = readFlags(argv);
    if (wishes === 'help') {
      print(usage);
      return 0;
    }
    isJson = wishes.isJson;
    server = await startIdentityServer({ ...wishes.options, onChallenge: ({ user }) => print(codeMessage(user)) });
  } catch (error) {
    process.stderr.write(`${complaint(error)}\n`);
    return 1;
  }
  const stopped = stopSignal();
  print(isJson ? JSON.stringify(introductionData(server)) : `${introduction(server)}\n${hint(server)}`);
  await stopped;
  await server.close();
  return 0;
}

function hint({ url }: IdentityServer): string {
  const environment = { name: 'local', url, authUrl: url, tenant: 'AcmeDev01' };
  return `User settings for Reltio Authentication:
  "reltioAuth.environments": [${JSON.stringify(environment)}]
${url} shows users and one-time codes in a browser. Ctrl-C stops the server.`;
}

function readFlags(argv: readonly string[]): 'help' | { isJson: boolean; options: Partial<Options> } {
  const policies = [...policyFlags.keys()].map((flag) => [flag, { type: 'string' }] as const);
  const own = { port: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  let values: ReturnType<typeof parseArgs>['values'];
  try {
    values = parseArgs({ args: [...argv], options: { ...Object.fromEntries(policies), ...own } }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
  const texts = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const port = Number(texts['port'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${texts['port'] ?? ''}".`);
  }
  return values['help'] === true
    ? 'help'
    : { isJson: values['json'] === true, options: { port, policy: policyFrom(texts) } };
}

function complaint(error: unknown): string {
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE') {
    return `Another program uses port ${String(port)}. Choose another one with --port, or leave it out.`;
  }
  return error instanceof Error ? error.message : String(error);
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
