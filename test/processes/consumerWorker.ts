import { appendFileSync } from 'node:fs';
import { isExpired } from '../../src/core/model/tokens';
import { isFailure } from '../../src/core/base/failure';
import { realCore } from './core';

/**
 * The core of one window, whose callers ask for the token all the time and record what they received:
 * `node consumerWorker.js <folder> <server> <file>`.
 */
async function main(folder: string, server: string, file: string): Promise<void> {
  const { sessions } = realCore(folder, server);
  const [session] = await sessions.list();
  if (session === undefined) {
    process.exit(5);
  }
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 300));
    try {
      const { tokens } = await sessions.fresh(session.id);
      appendFileSync(file, isExpired(tokens, Date.now()) ? 'expired\n' : 'token\n');
    } catch (error) {
      appendFileSync(file, `${isFailure(error) ? error.code : String(error)}\n`);
    }
  }
}

const [folder, server, file] = process.argv.slice(2);
if (require.main === module && folder !== undefined && server !== undefined && file !== undefined) {
  void main(folder, server, file);
}
