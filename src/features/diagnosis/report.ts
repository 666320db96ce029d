import type { Finding } from './finding';

/** The document: a list that is readable as plain text and as Markdown in an issue. */
export function reportText(findings: readonly Finding[], time: number): string {
  const problems = findings.filter(({ state }) => state === 'wrong').length;
  const summary =
    problems === 0
      ? 'No problem was found.'
      : problems === 1
        ? 'One problem was found. The line marked WRONG says what to do.'
        : `${problems} problems were found. The lines marked WRONG say what to do. Start with the first.`;
  return [
    '# Reltio sign-in diagnosis',
    '',
    `${summary} Created ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    '',
    'This text contains no password, token, user name or file path, so you may paste it into a public issue. It names ' +
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
