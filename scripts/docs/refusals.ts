import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  productionNotAllowed,
  refusal,
  tokenNotAllowed,
  unknownEnvironment,
  type FixedRefusalCode,
  type Refusal,
} from '../../src/core/localProxy/refusal';
import { ROOT } from '../process/folders';

const page = join(ROOT, 'docs/local-proxy.md');
const start = '<!-- answers: npm run docs writes them -->';
const end = '<!-- end of answers -->';

/** When the proxy answers with a sentence that never changes. */
const causes: Readonly<Record<FixedRefusalCode, string>> = {
  key: 'no key, an old one, or another one',
  authorization: 'an `Authorization` header without the key, or a second one',
  host: 'the `Host` header is not `127.0.0.1` or `localhost` with the port of the proxy',
  origin: 'an `Origin` header, or one by which a browser says that a page sent the request',
  target: 'a path with `..` that leaves the environment, also when encoded; a backslash, a control character or a `#`',
  absoluteTarget: 'the proxy is set as HTTP proxy (`http_proxy`) of a tool',
  method: 'another method',
  connect: 'the proxy is set as HTTPS proxy of a tool',
  upgrade: 'a WebSocket, for example',
  expectation: 'an `Expect` header other than `100-continue`',
  noOAuth: '`/.well-known/…`, where MCP clients look for a sign-in',
  badRequest: 'two lengths, a header line without a name, text that is not HTTP',
  headersTooLarge: 'address and headers are longer than 32 KB',
  requestTimeout: 'no complete head within ten seconds, or a body that stopped for two minutes',
  stopping: 'the proxy stops, or its window closes, while the request is on its way',
};

/** Answers whose status or text depends on the request. */
const others: readonly (readonly [refusal: Pick<Refusal, 'code' | 'status' | 'sentence'>, cause: string])[] = [
  [unknownEnvironment('dev, test'), 'another name than those in `reltioAuth.environments`'],
  [productionNotAllowed('prod', 'DELETE'), 'you answered no, or nothing for a minute'],
  [tokenNotAllowed('api.acme.com'), 'you answered no, or nothing for a minute'],
  [
    { code: 'notSignedIn', status: 503, sentence: 'The message that VS Code shows too, such as "Sign in again."' },
    'there is no valid token for this environment; the header has [the code of the failure](troubleshooting.md)',
  ],
  [
    { code: 'upstream', status: 502, sentence: 'The message about your network, a proxy or the identity server.' },
    'the environment or the identity server cannot be reached; the header has [the code of the failure](troubleshooting.md)',
  ],
];

/** The table of `docs/local-proxy.md`, from the answers that the proxy gives. */
export function refusalTable(): string {
  const fixed = (Object.keys(causes) as FixedRefusalCode[]).map((code) => [refusal(code), causes[code]] as const);
  const rows = [...fixed, ...others]
    .sort(([one], [other]) => one.status - other.status)
    .map(([{ code, status, sentence }, cause]) => {
      const header = code === 'notSignedIn' || code === 'upstream' ? 'a failure code' : `\`${code}\``;
      return `| ${status} | ${header} | ${sentence} | ${cause} |`;
    });
  return ['| status | `X-Reltio-Local-Proxy` | text | when |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

export function writtenRefusals(): string {
  const text = readFileSync(page, 'utf8');
  return text.slice(text.indexOf(start) + start.length, text.indexOf(end)).trim();
}

export function writeRefusals(): void {
  const text = readFileSync(page, 'utf8');
  const [before = '', after = ''] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  writeFileSync(page, `${before}${start}\n\n${refusalTable()}\n\n${after}`);
}
