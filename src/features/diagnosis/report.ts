import { markText } from '../../editor/page/mark';
import { oneLine } from '../../editor/page/pageMarkdown';
import { fullName, type Finding } from './finding';
import { elsewhereText, privacyText, summaryText, timeLine, titleText } from './summary';

/**
 * The text that is safe to share: a list that is readable as plain text and as Markdown in an issue. What is wrong comes
 * first.
 */
export function reportText(findings: readonly Finding[], time: number): string {
  const problems = findings.filter(({ state }) => state === 'wrong');
  const others = findings.filter(({ state }) => state !== 'wrong');
  return [
    `# ${titleText()}`,
    '',
    `${summaryText(problems)} ${timeLine(time)}`,
    ...(problems.length === 0 ? ['', elsewhereText()] : []),
    '',
    privacyText(),
    '',
    ...[...problems, ...others].map(line),
    '',
  ].join('\n');
}

function line(finding: Finding): string {
  const { state, says, next } = finding;
  const mark = state === 'wrong' ? `**${markText(state)}**` : markText(state);
  return `- ${mark} · ${oneLine(fullName(finding))}: ${oneLine([says, next].filter((text) => text !== undefined).join(' '))}`;
}
