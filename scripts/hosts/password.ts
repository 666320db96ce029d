import { randomBytes } from 'node:crypto';
import { ExpectedError } from '../process/stop';

/** The password for a VS Code on a port: it gives access to a shell, and every user of the machine can reach the port. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** Fails if the page at `url` is shown without a password. */
export async function requirePassword(name: string, url: string): Promise<void> {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  await answer.body?.cancel();
  const toLogin = answer.status === 302 && /(^|\/)login\b/.test(answer.headers.get('location') ?? '');
  if (!toLogin && answer.status !== 401 && answer.status !== 403) {
    throw new ExpectedError(`${name} asks for no password (HTTP ${answer.status}), so it was stopped.`);
  }
}
