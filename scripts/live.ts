import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../src/core/base/clock';
import { Network } from '../src/core/network/network';
import { defaultNetworkSettings } from '../src/core/network/networkSettings';
import { liveProof } from './live/liveProof';
import { personAtTerminal } from './live/person';
import { OUT, ROOT } from './process/folders';
import { onStop, runScript } from './process/stop';

/**
 * `npm run live`: for those who have a Reltio tenant. Asks the real Reltio what its pages leave open, and writes a report
 * that is fit for a public issue. Proxies and certificates come from the environment, as for Node.
 */
runScript(async () => {
  const person = personAtTerminal();
  mkdirSync(OUT, { recursive: true }); // before the first call: a report that cannot be written would waste them
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const settings = { ...defaultNetworkSettings, fetchAdditionalSupport: false };
  const http = new Network({
    userAgent: `reltio-auth/${version} live`,
    // The person has named both hosts, and was asked about those that are not below reltio.com.
    mayReceiveSecrets: () => Promise.resolve(true),
    settings: () => settings,
    passphrase: () => Promise.resolve(undefined),
    env: process.env,
    onChoice: () => undefined,
  });
  onStop(() => {
    http.dispose();
  });
  const report = await liveProof({ person, http, clock: systemClock, version });
  const file = join(OUT, 'live.md');
  writeFileSync(file, report);
  person.say(`\nThe report is in ${file}. Read it; then it can go into a public issue.`);
  return 0;
});
