import * as l10n from '@vscode/l10n';
import type { Past } from '../../../editor/messages/whyText';
import { markText } from '../../../editor/page/mark';
import { pageMarkdown, pageTable } from '../../../editor/page/pageMarkdown';
import type { StatusState } from '../state';
import { detailsOf, goneTitle, type InUse } from './details';

/** The details of each session as a page, without a secret. Pure. */
export function detailsMarkdown(states: readonly StatusState[], inUse: InUse, now: number, past?: Past): string {
  const { title, problems, inUse: used, sessions, gone, start } = detailsOf(states, inUse, now, past);
  const paragraph = (lines: readonly string[]): string => lines.map(pageMarkdown).join('  \n');
  return (
    [
      `# ${pageMarkdown(title)}`,
      ...problems.map((problem) => `**${markText('wrong')}**: ${pageMarkdown(problem)}`),
      ...(start === undefined ? [] : [`**${pageMarkdown(start)}**`]),
      ...used.map(paragraph),
      ...sessions.flatMap(({ account, mark, rows }) => [
        `## ${pageMarkdown(account)}`,
        pageTable([markText(mark), ''], rows),
      ]),
      ...(gone.length === 0
        ? []
        : [
            `## ${pageMarkdown(goneTitle())}`,
            pageTable(
              [l10n.t('Account'), l10n.t({ message: 'Reason', comment: ['Why a session is no longer valid'] })],
              gone,
            ),
          ]),
      ...(sessions.length === 0
        ? []
        : [
            pageMarkdown(
              l10n.t(
                'This page contains no password, token or secret. It names your accounts and servers. The copy button above copies it as text.',
              ),
            ),
          ]),
    ].join('\n\n') + '\n'
  );
}
