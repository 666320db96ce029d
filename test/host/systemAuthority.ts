import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority, type Pem } from '../fakes/authority';

const variable = 'RELTIO_TEST_AUTHORITY';

/**
 * An authority that a VS Code with this environment finds in its system's store: on Linux OpenSSL reads the store from
 * `SSL_CERT_FILE`. VS Code 1.103 reads a fixed file instead; see `systemStore.ts`.
 */
export function systemAuthorityEnvironment(folder: string): NodeJS.ProcessEnv {
  const { pem } = Authority.create('Acme Corporate Root');
  const store = join(folder, 'system-store.pem');
  const both = join(folder, 'system-authority.json');
  writeFileSync(store, pem.cert);
  writeFileSync(both, JSON.stringify(pem));
  return { SSL_CERT_FILE: store, [variable]: both };
}

/** The same authority, with its key, inside that VS Code. */
export function systemAuthority(): Authority {
  const file = process.env[variable];
  if (file === undefined) throw new Error(`${variable} names no authority; see scripts/steps/hostTests.ts`);
  return Authority.from(JSON.parse(readFileSync(file, 'utf8')) as Pem);
}
