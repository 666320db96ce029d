import type { Past } from '../../../editor/messages/whyText';
import type { StatusState } from '../state';
import { detailsOf, goneTitle, type InUse } from './details';
import type { Row } from './sessionRows';

/** The details of each session, as plain text without a secret. It names accounts. Pure. */
export function detailsText(states: readonly StatusState[], inUse: InUse, now: number, past?: Past): string {
  const { title, problems, inUse: used, sessions, gone, start } = detailsOf(states, inUse, now, past);
  return (
    [
      title,
      ...problems,
      ...used.map((lines) => lines.join('\n')),
      ...(start === undefined ? [] : [start]),
      ...sessions.map(({ account, rows }) => [account, ...aligned(rows)].join('\n')),
      ...(gone.length === 0 ? [] : [[goneTitle(), ...gone.map(([account, why]) => `  ${account}: ${why}`)].join('\n')]),
    ].join('\n\n') + '\n'
  );
}

function aligned(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `  ${`${name}:`.padEnd(width)} ${value}`);
}
