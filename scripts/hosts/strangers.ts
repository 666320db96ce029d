import { randomBytes } from 'node:crypto';
import { Expected } from '../process/stop';

/** What a VS Code on a port asks for: whoever gets in has a shell, and every user of the machine reaches the port. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** Fails where the page at `url` is shown to somebody who brings no password. */
export async function refusesStrangers(name: string, url: string): Promise<void> {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  await answer.body?.cancel();
  const toLogin = answer.status === 302 && /(^|\/)login\b/.test(answer.headers.get('location') ?? '');
  if (!toLogin && answer.status !== 401 && answer.status !== 403) {
    throw new Expected(`${name} lets everybody in (HTTP ${answer.status} without a password), so it was stopped.`);
  }
}
