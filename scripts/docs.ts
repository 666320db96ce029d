import { writeArchitecture } from './docs/architecture';
import { writeExitCodes } from './docs/exitCodes';
import { writeNetworkTable } from './docs/networkTable';
import { writeNotices } from './docs/notices';
import { writePublicSuffixes } from './docs/publicSuffixes';
import { writeRefusals } from './docs/refusals';
import { writeTroubleshooting } from './docs/troubleshooting';
import { runScript } from './process/stop';
import { formatting } from './steps/checks';

/** `npm run docs`: rewrites every part of the documentation that is generated from the code. */
runScript(async () => {
  writeArchitecture();
  writeTroubleshooting();
  writeRefusals();
  writeExitCodes();
  writeNetworkTable();
  writeNotices();
  writePublicSuffixes();
  await formatting({ fix: true, folder: 'docs' });
  return 0;
});
