import type { Live } from './live';

/** What one question brought. */
export interface Finding {
  readonly title: string;
  /** What was found, or why it was left out. */
  readonly lines: readonly string[];
}

/** What no login can settle without harm, or without a browser. */
const LEFT_OPEN = [
  'how a locked account, an expired password and a used-up quota are answered: asking would lock or use them up',
  'whether an unused token ends early: that takes hours',
  'whether the 28 days of a refresh token start again with a refresh: that takes a month',
  'which redirect addresses are allowed, and whether PKCE is checked: these need a browser',
];

/** Markdown for a public issue: answers by their shape only, and a host only if it is one of Reltio's own. */
export function reportOf(live: Live, findings: readonly Finding[], version: string): string {
  return (
    [
      `# Answers of a real Reltio, ${new Date(live.clock.now()).toISOString().slice(0, 10)}`,
      [
        `- Reltio Authentication ${version}, \`npm run live\`, ${live.calls} calls`,
        `- Identity server: ${publicHost(live.server)}`,
        `- Environment: ${live.environment === undefined ? 'none' : publicHost(live.environment)}`,
        `- Signed in with ${live.credentials.user === undefined ? 'client credentials' : 'a password'}, ` +
          (live.credentials.client.id === 'reltio_ui' ? 'client reltio_ui' : 'a client of the customer'),
      ].join('\n'),
      ...findings.map(({ title, lines }) => `## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`),
      `## Not asked\n\n${LEFT_OPEN.map((line) => `- ${line}`).join('\n')}`,
    ].join('\n\n') + '\n'
  );
}

/** Reltio's shared hosts say nothing about a customer. Any other name may. */
export function publicHost(url: string): string {
  const { hostname } = new URL(url);
  if (/^(auth|login)(-(stg|test|idev-\d\d))?(\.cloud)?\.reltio\.com$/.test(hostname)) return hostname;
  return hostname.endsWith('.reltio.com') ? 'a host below reltio.com' : 'another host';
}
