import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { bundle, product } from '../../scripts/packing/bundle';
import { childEnvironment } from '../../scripts/process/environment';
import { removeFolder, temporaryFolder } from '../../scripts/process/folders';
import { installTokenCommand } from '../../src/core/terminal/installTokenCommand';
import { thisMachine } from '../../src/core/terminal/machine';
import { newTerminalKeys } from '../../src/core/terminal/terminalKeys';
import { openTerminalServer } from '../../src/core/terminal/terminalServer';
import type { AnswerCall } from '../../src/core/terminal/tokenCall';
import { variableNames } from '../../src/core/terminal/variableNames';

/** The command as the extension installs it, a window that answers, and the environment of its terminals. */
export interface InstalledCommand {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** The environment without what leads to the window. */
  readonly outside: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** @param name of the folder in which the extension keeps its files */
export async function installCommand(name: string, answer: AnswerCall): Promise<InstalledCommand> {
  const root = temporaryFolder('shells');
  const [built, storage] = [join(root, 'built'), join(root, name)];
  mkdirSync(storage, { recursive: true });
  await bundle({ ...product, outdir: built });
  const folder = await installTokenCommand({ storage, client: join(built, 'reltio-token.js') });
  const keys = newTerminalKeys();
  const server = await openTerminalServer({
    keys,
    answer,
    machine: { ...thisMachine({}), parents: [root, tmpdir(), '/tmp'] },
  });
  const path = Object.keys(process.env).find((one) => one.toUpperCase() === 'PATH') ?? 'PATH'; // `Path` on Windows
  const outside = childEnvironment({
    HOME: root,
    [path]: [folder, process.env[path] ?? ''].join(delimiter),
  });
  return {
    folder,
    outside,
    env: { ...outside, [variableNames.handle]: keys.handle, [variableNames.socket]: server.path },
    close: async () => {
      await server.close();
      removeFolder(root);
    },
  };
}
