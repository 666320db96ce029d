import * as l10n from '@vscode/l10n';
import { markText } from '../../editor/page/mark';
import { pageMarkdown, pageTable } from '../../editor/page/pageMarkdown';
import { fullName, type Finding } from './finding';
import { elsewhereText, privacyText, summaryText, timeLine, titleText } from './summary';

/** The diagnosis as a page: what is wrong first, then a table for each identity server and one for this computer. */
export function reportMarkdown(findings: readonly Finding[], time: number): string {
  const problems = findings.filter(({ state }) => state === 'wrong');
  const about = (server: string | undefined): readonly Finding[] => findings.filter((one) => one.server === server);
  const isWrong = (server: string): boolean => about(server).some(({ state }) => state === 'wrong');
  const servers = [...new Set(findings.flatMap(({ server }) => server ?? []))];
  const ordered = [...servers.filter(isWrong), ...servers.filter((server) => !isWrong(server))];
  return (
    [
      `# ${pageMarkdown(titleText())}`,
      `**${pageMarkdown(summaryText(problems))}**`,
      ...(problems.length === 0 ? [pageMarkdown(elsewhereText())] : [problems.map(problemItem).join('\n')]),
      ...ordered.flatMap((server) => [
        `## ${pageMarkdown(l10n.t('Identity server {0}', server))}`,
        table(about(server)),
      ]),
      `## ${pageMarkdown(l10n.t('This computer'))}`,
      table(about(undefined)),
      '---',
      [timeLine(time), privacyText(), l10n.t('The copy button above copies all this as text.')]
        .map(pageMarkdown)
        .join(' '),
    ].join('\n\n') + '\n'
  );
}

function problemItem(finding: Finding, index: number): string {
  const { says, next } = finding;
  const number = `${index + 1}. `;
  const step = next === undefined ? '' : `  \n${' '.repeat(number.length)}**${pageMarkdown(next)}**`;
  return `${number}**${pageMarkdown(fullName(finding))}**: ${pageMarkdown(says)}${step}`;
}

function table(findings: readonly Finding[]): string {
  return pageTable(
    [l10n.t('Check'), l10n.t('Result'), l10n.t('What was found')],
    findings.map(({ about, state, says, next }) => [
      about,
      markText(state),
      [says, ...(next === undefined || state === 'wrong' ? [] : [next])].join(' '),
    ]),
  );
}
