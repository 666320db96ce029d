import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareTexts } from '../../../scripts/l10n/bareTexts';
import { ROOT } from '../../../scripts/process/folders';

const NAMES = [
  ...[
    'Reltio',
    'Reltio Authentication',
    'VS Code',
    'Claude Code',
    'Cursor',
    'Windsurf',
    'Cline',
    'Gemini CLI',
    'Codex',
  ],
  'Salesforce',
];
/** Headers, variables and examples, as they are written. */
const LITERAL = [
  'Authorization: Bearer {}',
  'Basic …',
  'RELTIO_URL',
  '@baseUrl',
  'https://dev.reltio.com/ui/abc123',
  'dev',
];
/** The name of an error class, which no message shows. */
const CLASSES = ['Refusal'];

/** Files of the core that write for programs, or for developers in English. All others have no text, or translate it. */
const FOR_PROGRAMS: Readonly<Record<string, string>> = {
  'core/browserSignIn/callbackPage.ts': 'HTML, and headers; its sentences are translated',
  'core/browserSignIn/loopbackServer.ts': 'an error that only a mistake of ours can cause',
  'core/browserSignIn/registration.ts': 'our name at an identity server',
  'core/browserSignIn/strayRequest.ts': 'answers to requests that no browser of a sign-in sends',
  'core/journal/journalFiles.ts': 'a word that a key is made from',
  'core/localProxy/connections/answerRefusal.ts': 'a header',
  'core/localProxy/election/windowElection.ts': 'the log',
  'core/localProxy/forwarding/answerHeaders.ts': 'a header',
  'core/localProxy/forwarding/requestHeaders.ts': 'a header',
  'core/localProxy/refusal.ts': 'answers of the local proxy to programs',
  'core/localProxy/target.ts': 'an error that only a mistake of ours can cause',
  'core/model/account.ts': 'labels by which VS Code stores who may use an account',
  'core/network/tls/tunnel.ts': 'an error of another program, by its text',
  'core/network/transportError.ts': 'an error that is shown by its code',
  'core/network/upstream/cutResponse.ts': 'an error that is shown by its code',
  'core/network/upstream/sentHeaders.ts': 'a header',
  'core/terminal/exitCodes.ts': 'reltio-token --help',
  'core/terminal/helpText.ts': 'reltio-token --help',
  'core/terminal/printedToken.ts': 'what reltio-token prints for programs',
  'core/terminal/scriptTexts.ts': 'scripts of shells',
  'core/terminal/socketFolder.ts': 'an error that is shown by its code',
};

describe('the sources', () => {
  const folder = join(ROOT, 'src');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => bareTexts(readFileSync(join(folder, file), 'utf8')).map((bare) => ({ file, ...bare })));

  it('show no text that is not translated', () => {
    const allowed = [...NAMES, ...LITERAL, ...CLASSES];
    const shown = found.filter(({ file, text }) => !file.startsWith('core/') && !allowed.includes(text));
    assert.deepEqual(
      shown.map(({ file, line, text }) => `src/${file}:${line} ${text}`),
      [],
    );
  });

  it('have other texts for programs and developers only', () => {
    const files = found.flatMap(({ file }) => (file.startsWith('core/') ? [file] : []));
    assert.deepEqual([...new Set(files)].sort(), Object.keys(FOR_PROGRAMS).sort());
  });
});

describe('a text that is not translated', () => {
  const texts = (source: string): string[] => bareTexts(source).map(({ text }) => text);

  it('is found wherever it stands, with its line', () => {
    assert.deepEqual(bareTexts("\nshow('Sign in again');"), [{ text: 'Sign in again', line: 2 }]);
    assert.deepEqual(texts('show(`The token of ${label} has expired`)'), ['The token of {} has expired']);
    assert.deepEqual(texts("const button = 'Retry'; const label = ok ? 'Yes.' : l10n.t('No');"), ['Retry', 'Yes.']);
    assert.deepEqual(texts("pick({ label: 'production', description: `${host} only` })"), ['production', '{} only']);
    assert.deepEqual(texts("l10n.t('{0} is signed in', who); show(l10n.t('Yes') + 'and more')"), ['and more']);
  });

  it('is none for a program: a log line, an error of ours, a code, an id, a type', () => {
    assert.deepEqual(
      texts(`
        import { word } from './two words';
        this.parts.log.warn('not stored now', { code: 'tls' });
        throw new Error('This cannot be reached');
        const back = Symbol('go back');
        type Kind = 'two words';
        run('reltioAuth.signIn', 'signedOut', 'session');
      `),
      [],
    );
  });
});
