import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { scanForSecrets, type Hit } from './secretScan';

const CANARY = 'canary-7f3e91c2-planted-by-the-test';

/**
 * Closes the window and searches everything that it wrote for every secret of the identity server. A planted canary
 * proves that the search works.
 *
 * @param isNeeded the window stays open, for tests that end with this search too: only then all is certainly written
 * @param others secrets that the server does not know; one whose name begins with `visited` was part of an address that the
 *   browser was told to open
 */
export async function assertNothingLeaked(
  window: Window,
  server: IdentityServer,
  isNeeded = false,
  others: Record<string, string> = {},
): Promise<void> {
  const browserStore = await window.browserStore();
  const serverOutput = window.serverOutput();
  if (!isNeeded) await window.shutDown();
  const folders = window.writtenFolders();
  writeFileSync(join(folders[0] ?? '', 'canary.txt'), `some text ${Buffer.from(`x${CANARY}`).toString('base64')}`);
  const hits = scanForSecrets(
    { canary: CANARY, ...secretsOf(server), ...others },
    { folders, texts: { 'the browser store': browserStore, 'the output of the server': serverOutput } },
  );
  const canary = hits.filter(({ secret }) => secret === 'canary');
  assert.ok(canary.length > 0, 'the search finds the canary');
  assert.deepEqual(
    hits.filter((hit) => hit.secret !== 'canary' && !isVisit(hit)),
    [],
  );
}

/** A browser remembers the addresses that it opened, such as that at which a sign-in ended; what web pages store is elsewhere. */
function isVisit({ secret, where }: Hit): boolean {
  return /^(sign-in code|visited)/.test(secret) && /\/profile\//.test(where) && !/Storage|IndexedDB/.test(where);
}

/** All secrets except the documented client's, which is an English word. */
function secretsOf(server: IdentityServer): Record<string, string> {
  const named: [string, string][] = [
    ...server.users
      .all()
      .flatMap((user): [string, string][] => [
        [`password of ${user.name}`, user.password],
        ...(user.idpAccessToken === undefined
          ? []
          : [[`token of ${user.name}`, user.idpAccessToken] as [string, string]]),
        ...user.mails.map((code, index): [string, string] => [`code ${index} of ${user.name}`, code]),
      ]),
    ...server.clients
      .all()
      .filter(({ id }) => id !== 'reltio_ui')
      .map(({ id, secret }): [string, string] => [`secret of ${id}`, secret]),
    ...server.issuedCodes().map((code, index): [string, string] => [`sign-in code ${index}`, code]),
    ...server.issuedTokens().map((token, index): [string, string] => [`token ${index}`, token]),
  ];
  assert.ok(server.issuedTokens().length > 0, 'tokens were issued');
  return Object.fromEntries(named);
}
