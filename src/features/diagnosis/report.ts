import type { Finding } from './finding';

/** The document: a list that reads well as text, and as Markdown in an issue. */
export function reportText(findings: readonly Finding[], time: number): string {
  const wrongs = findings.filter(({ state }) => state === 'wrong').length;
  const summary =
    wrongs === 0
      ? 'Nothing is wrong here.'
      : wrongs === 1
        ? 'One thing is wrong. The line that begins with WRONG says what to do.'
        : `${wrongs} things are wrong. The lines that begin with WRONG say what to do; start with the first.`;
  return [
    '# Reltio sign-in diagnosis',
    '',
    `${summary} Made ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    '',
    'There is no password, token, user name or file path in this text: you may paste it into a public issue. It names ' +
      'your identity servers and proxies.',
    '',
    ...findings.map(line),
    '',
  ].join('\n');
}

function line({ about, state, says, next }: Finding): string {
  const word = state === 'wrong' ? '**WRONG**' : state;
  return `- ${word} · ${oneLine(about)}: ${oneLine([says, next].filter((text) => text !== undefined).join(' '))}`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}
