import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ExpectedError, onStop } from '../process/stop';

/** The person who has a tenant. What is asked and said here is never part of the report. */
export interface Person {
  say(line: string): void;
  ask(question: string): Promise<string>;
  /** The same, and what is typed is not shown. */
  askSecret(question: string): Promise<string>;
  /** Only the whole word counts, so that Enter agrees to nothing. */
  agrees(question: string): Promise<boolean>;
}

/**
 * The person at this terminal.
 *
 * @throws {ExpectedError} if the input is a file or a pipe: a password belongs into neither
 */
export function personAtTerminal(): Person {
  if (!process.stdin.isTTY) {
    throw new ExpectedError('npm run live asks for a password, so it needs a terminal. Run it in one.');
  }
  let isHidden = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isHidden) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  onStop(() => {
    lines.close();
  });
  const ask = (question: string): Promise<string> =>
    new Promise((resolve) => {
      lines.question(`${question} `, (answer) => {
        resolve(answer.trim());
      });
    });
  return {
    say: (line) => {
      console.log(line);
    },
    ask,
    askSecret: (question) =>
      new Promise((resolve) => {
        process.stdout.write(`${question} (not shown) `);
        isHidden = true;
        lines.question('', (answer) => {
          isHidden = false;
          process.stdout.write('\n');
          resolve(answer);
        });
      }),
    agrees: async (question) => (await ask(`${question}\nType yes to go on, or Enter to leave it out:`)) === 'yes',
  };
}
