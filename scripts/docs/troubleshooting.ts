import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, isCancelled, type FailureCode, type FailureDetails } from '../../src/core/base/failure';
import { failureTable } from '../../src/core/base/failureTable';
import { describe, remedyFor } from '../../src/editor/messages/messages';
import { remedyButtons } from '../../src/editor/messages/remedyButtons';
import { ROOT } from '../process/folders';
import { failureCauses } from './failureCauses';

const page = join(ROOT, 'docs/troubleshooting.md');
const start = '<!-- table: npm run docs writes it -->';
const end = '<!-- end of table -->';

const accounts = ['jane@acme.com (auth.reltio.com)', 'client acme (auth.reltio.com)'];

/** What some sentences need to be complete. */
const examples: { readonly [Code in FailureCode]?: FailureDetails } = {
  noAccountInUse: { names: accounts },
  accountUnknown: { names: accounts },
  accountAmbiguous: { names: accounts },
  environmentUnknown: { names: ['dev', 'test'] },
  expiresTooSoon: { secondsLeft: 90 },
  portBusy: { port: 8081 },
};

/** The table of `docs/troubleshooting.md`, from the messages that the extension shows. */
export function troubleshootingTable(): string {
  const causes = failureCauses();
  const rows = (Object.keys(failureTable) as FailureCode[]).map((code) => {
    const failure = new Failure(code, { host: 'auth.reltio.com', ...examples[code] });
    const remedy = remedyFor(failure);
    const sentence = isCancelled(failure) ? 'none: nothing is shown' : describe(failure).replace(/\|/g, '\\|');
    return `| ${sentence} | ${causes[code] ?? ''} | ${remedy === undefined ? '' : remedyButtons[remedy].title} | \`${code}\` |`;
  });
  return ['| message | when | button | in the log |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

export function writtenTable(): string {
  const text = readFileSync(page, 'utf8');
  return text.slice(text.indexOf(start) + start.length, text.indexOf(end)).trim();
}

export function writeTroubleshooting(): void {
  const text = readFileSync(page, 'utf8');
  const [before = '', after = ''] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  writeFileSync(page, `${before}${start}\n\n${troubleshootingTable()}\n\n${after}`);
}
