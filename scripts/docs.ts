import { writeArchitecture } from './docs/architecture';
import { writeNetworkTable } from './docs/networkTable';
import { writeNotices } from './docs/notices';
import { writeTroubleshooting } from './docs/troubleshooting';
import { runScript } from './process/stop';
import { formatting } from './steps/checks';

/** `npm run docs`: rewrites every part of the documentation that is generated from the code. */
runScript(async () => {
  writeArchitecture();
  writeTroubleshooting();
  writeNetworkTable();
  writeNotices();
  await formatting({ fix: true, folder: 'docs' });
  return 0;
});
