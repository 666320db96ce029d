import { spawn, spawnSync } from 'node:child_process';

export interface Ran {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Programs as users start them, and everything that they received and printed. */
export class Tools {
  readonly received: string[] = [];

  /** @param onOutput called with what it has printed so far */
  async run(
    program: string,
    args: readonly string[],
    onOutput: (output: string) => void = () => undefined,
  ): Promise<Ran> {
    const child = spawn(program, args, {
      env: { ...process.env, NO_PROXY: '*', no_proxy: '*' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      output += text;
      onOutput(output);
    });
    child.stderr.setEncoding('latin1').on('data', (text: string) => this.received.push(text));
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    this.received.push(output);
    return { exitCode, output };
  }
}

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { windowsHide: true }).status === 0;
}
