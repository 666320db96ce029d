import '../fakes/fakeQuickInput';
import { shownMessages } from '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { tokenInfo } from '../../src/core/oauth/tokenInfo';
import { addEnvironment } from '../../src/features/environments/addEnvironment';
import { importable } from '../../src/features/environments/importable';
import { environmentItems } from '../../src/features/environments/pickEnvironment';
import { callbackText, noCallbackText } from '../../src/features/signIn/browser/browserTexts';
import { withSignedInUser } from '../../src/features/signIn/browser/signedInUser';
import { environmentStep } from '../../src/features/signIn/steps/environmentStep';
import { signedInUserStep } from '../../src/features/signIn/steps/signedInUserStep';
import { tenantStep } from '../../src/features/signIn/steps/tenantStep';
import { copyQuestion } from '../../src/features/handoff/copyQuestion';
import { copiedText, copiedToken } from '../../src/features/handoff/copiedText';
import { refreshedText } from '../../src/features/accounts/refreshedText';
import { rejectionText } from '../../src/features/provider/rejectionText';
import { Failure } from '../../src/core/base/failure';
import { AuthenticationProvider } from '../../src/features/provider/authenticationProvider';
import { accountId, accountLabel, type Account } from '../../src/core/model/account';
import type { Session } from '../../src/core/model/session';
import { accountItems } from '../../src/features/accounts/chooseAccountInUse';
import { showFoundAccounts } from '../../src/features/signIn/showFoundAccounts';
import { showSignedIn } from '../../src/features/signIn/showSignedIn';
import { confirmedHosts } from '../../src/editor/confirmedHosts';
import { startOver } from '../../src/features/signIn/renewal';
import { remindToRenew } from '../../src/features/accounts/renewReminder';
import { SettingProblems } from '../../src/editor/settings/settingProblems';
import { signOut } from '../../src/features/accounts/signOut';
import { updateClientSecret } from '../../src/features/signIn/updateClientSecret';
import { detailsText } from '../../src/features/statusBar/details/detailsText';
import { menuSections } from '../../src/features/statusBar/menu';
import { tooltipText } from '../../src/features/statusBar/tooltip';
import { statusView } from '../../src/features/statusBar/view';
import { parseEnvironments, type Environment } from '../../src/editor/settings/environments';
import { parseTrustedHosts } from '../../src/editor/settings/trustedHostList';
import { openName } from '../../src/editor/settings/openName';
import { remedyOffers } from '../../src/editor/messages/offerRemedy';
import type { SettingsValue } from '../../src/editor/settings/settingsValue';
import { showFailure } from '../../src/editor/messages/showFailure';
import { answer, badClient } from '../fakes/fakeHttp';
import { FakeClock, monday } from '../fakes/fakeClock';
import { FakeMemory } from '../fakes/fakeMemory';
import { preloadedProvider } from '../fakes/preloadedProvider';
import { fakeHost } from '../fakes/fakeHost';
import { sampleEnvironment } from '../fakes/sampleEnvironment';
import { sampleSession, sampleSignIn, sampleTokens } from '../fakes/sampleSession';
import { Installation } from '../fakes/installation';
import { Desk } from '../fakes/desk';
import { sampleContext } from '../fakes/sampleContext';
import { scriptedPrompt, type Asked } from '../fakes/scriptedPrompt';
import { sampleState } from '../fakes/sampleState';

/** A link for messages and inputs, an icon, reversed text, a hidden character, two line breaks, and a link for Markdown. */
const payload = '[Fix it](command:evil.run)$(flame)\u202Etxet\u202C\u200B\r\nline\u2028line `x` <https://evil.example>';

/** Words chosen by others. Each contains a name, by which the test finds it where it is shown. */
interface Words {
  /** A word of any characters. */
  word(name: string): string;
  /** A word of the characters that the host of a URL may have. The settings accept no such host. */
  host(name: string): string;
  /** A word of the characters that a scope may have. */
  scope(name: string): string;
}

const plain: Words = { word: (name) => name, host: (name) => `${name}.acme.example`, scope: (name) => name };
const hostile: Words = {
  word: (name) => name + payload,
  host: (name) => `${name}$(flame)\`x\`.acme.example`,
  scope: (name) => `${name}[Fix](command:evil.run)$(flame)<x>\`y\``,
};

/** Everything that VS Code does with a text besides showing it. */
function madeOf(text: string): object {
  const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
  return {
    links: count(/\[[^\]]+\]\((https?:\/\/|command:|file:)/gi), // `linkedText.ts`, and Markdown
    icons: count(/\$\([\w~-]+\)/g), // `iconLabels.ts`
    code: count(/(?<!\\)`/g),
    tags: count(/(?<!\\)</g),
    lines: count(/[\n\r\v\f\u0085\u2028\u2029]/g),
    hidden: count(/(?!\n)[\p{C}\p{Default_Ignorable_Code_Point}]/gu),
  };
}

/** Lets the real code show the words, and returns every text that is shown. */
type Scene = (words: Words) => Promise<readonly string[]>;

/** An account whose user, client, identity server and identity provider are all chosen by others. */
function account({ word, host }: Words, which = ''): Account {
  const identityServer = `https://${host(`server${which}`)}`;
  return { identityServer, clientId: word(`client${which}`), user: word(`user${which}`) };
}

function session(words: Words, changes: Partial<Session> = {}, which = ''): Session {
  return sampleSession({
    id: `session${which}`,
    account: account(words, which),
    method: { kind: 'identityProvider', idpSystem: words.word('idp') },
    tokens: sampleTokens({ scopes: [words.word('scope one'), words.word('scope two')] }),
    ...changes,
  });
}

const asTold = (): string[] => shownMessages.flatMap(({ texts }) => texts);
const asAsked = (asked: readonly Asked[]): string[] =>
  asked.flatMap(({ title, question, refusals, items, placeholder, links, modal }) => [
    ...[title, question, placeholder, modal ?? ''],
    ...[...refusals, ...items, ...(links ?? [])],
  ]);
const failed = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => assert.fail('it must fail'),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

const own = ({ word }: Words): string => `RELTIO_ENVIRONMENT:${word('own')}`;

/** A provider without prompts: the user "signs in" as `brings`. */
async function provider(words: Words, brings?: Session) {
  const { word } = words;
  const installation = new Installation();
  const core = installation.openCore();
  const trusted = ['acme.example'];
  const settings = parseEnvironments(
    [
      { name: word('environment'), url: 'https://api.acme.example', authUrl: 'https://server.acme.example' },
      {
        name: word('own'),
        url: 'https://own.acme.example',
        authUrl: 'https://ownserver.acme.example',
        clientId: word('fixed'),
      },
      { name: word('leftOut'), url: 'https://elsewhere.example' },
    ],
    trusted,
  );
  const identityServers = settings.environments.map(({ identityServer }) => identityServer);
  const value: SettingsValue = { ...settings, identityServers, trusted };
  const made = new AuthenticationProvider({
    ...preloadedProvider(core),
    sessions: core.sessions,
    onDidChangeSessions: core.store.onDidChange,
    signIn: {
      start: async () => {
        if (brings === undefined) throw new Failure('cancelled');
        return await core.holds(brings);
      },
    },
    readSettings: () => Promise.resolve(value),
    offerRemedy: () => undefined,
    noticeOutdated: () => undefined,
    log: installation.log,
  });
  return { provider: made, window: core, log: installation.log };
}

const scenes: Record<string, { readonly names: readonly string[]; readonly scene: Scene }> = {
  'an account that another extension asks for, at the server of another environment': {
    names: ['label', 'ownserver', 'own'],
    scene: async (words) => {
      const { provider: asked } = await provider(words);
      const options = { account: { id: accountId(account(words)), label: words.word('label') } };
      return [await failed(asked.createSession([own(words)], options))];
    },
  },
  'an account that uses another client than the environment': {
    names: ['label', 'client', 'own', 'fixed'],
    scene: async (words) => {
      const { provider: asked } = await provider(words);
      const at = { ...account(words), identityServer: 'https://ownserver.acme.example' };
      const options = { account: { id: accountId(at), label: words.word('label') } };
      return [await failed(asked.createSession([own(words)], options))];
    },
  },
  'an account of a server that is none of ours': {
    names: ['elsewhere'],
    scene: async (words) => {
      const { provider: asked } = await provider(words);
      const at = { ...account(words), identityServer: `https://${words.host('elsewhere')}` };
      const options = { account: { id: accountId(at), label: words.word('label') } };
      return [await failed(asked.createSession([], options))];
    },
  },
  'a sign-in that brings another account than was asked for': {
    names: ['label', 'user2', 'client2'],
    scene: async (words) => {
      const { provider: asked } = await provider(words, session(words, {}, '2'));
      const at = { ...account(words), identityServer: 'https://server.acme.example' };
      const options = { account: { id: accountId(at), label: words.word('label') } };
      return [await failed(asked.createSession([], options))];
    },
  },
  'a sign-in at another environment than was asked for': {
    names: ['environment', 'user2'],
    scene: async (words) => {
      const { provider: asked } = await provider(words, session(words, {}, '2'));
      const scopes = [`RELTIO_ENVIRONMENT:${words.word('environment')}`];
      return [await failed(asked.createSession(scopes))];
    },
  },
  'scopes that were granted, and those that are missing': {
    names: ['scope one', 'scope two', 'user', 'users_api'],
    scene: async (words) => {
      const { provider: asked } = await provider(words, session(words));
      return [await failed(asked.createSession([words.scope('users_api')]))];
    },
  },
  'environments: one that cannot be used, and those that are known': {
    names: ['leftOut', 'nowhere', 'environment', 'own'],
    scene: async (words) => {
      const { provider: asked } = await provider(words);
      return [
        await failed(asked.getSessions([`RELTIO_ENVIRONMENT:${words.word('leftOut')}`])),
        await failed(asked.getSessions([`RELTIO_ENVIRONMENT:${words.word('nowhere')}`])),
        await failed(asked.getSessions([`RELTIO_ENVIRONMENT:${words.word('environment')}`, own(words)])),
      ];
    },
  },
  'what VS Code knows of an account, and what the log says': {
    names: ['user', 'server', 'client', 'insecure'],
    scene: async (words) => {
      const { provider: asked, window: core, log } = await provider(words);
      await core.holds(session(words));
      const at = { ...account(words), identityServer: `http://${words.host('insecure')}` };
      await core.holds({ id: 'insecure', account: at });
      const shown = await asked.getSessions(undefined);
      return [...shown.map(({ account: { label } }) => label), JSON.stringify(log)];
    },
  },
  'every box of a sign-in': {
    names: ['environment', 'client', 'rejected', 'user', 'another', 'unknown'],
    scene: async (words) => {
      const { word } = words;
      const server = 'https://server.acme.example';
      const http = { send: () => Promise.resolve(badClient) };
      const desk = new Desk(
        [
          { name: word('environment'), url: 'https://api.acme.example', authUrl: server },
          { name: word('environment2'), url: 'https://api2.acme.example', authUrl: server },
        ],
        http,
      );
      for (const id of [word('client'), word('rejected')]) await desk.core.clients.save(server, { id, secret: 's' });
      const asked: Asked[] = [];
      const sign = async (answers: readonly string[], request = {}) => {
        await failed(desk.signIn(answers, request));
        asked.push(...desk.asked);
      };
      const rejected = 'rejected';
      await sign(['server', 'Send', 'Password', rejected, word('user'), 'password', rejected, 'Basic AAAA:', '']);
      const fixed = { identityServer: server, clientId: word('client'), user: word('user') };
      await sign(['password', 'Basic eDp5'], {
        ...fixed,
        method: { kind: 'identityProvider', idpSystem: word('idp') },
      });
      await sign(['password'], { ...fixed, user: word('another'), method: { kind: 'password' } });
      // A session from before may be at a host that the settings would not take.
      const odd = { ...account(words, '3'), method: { kind: 'password' }, clientId: word('unknown') };
      await sign(['Send', 'new secret', 'password'], odd);
      return asAsked(asked);
    },
  },
  'the client secret of a session': {
    names: ['server', 'client'],
    scene: async (words) => {
      const core = new Installation().openCore();
      const held = await core.holds(session(words), { id: words.word('client'), secret: 'old' });
      core.shared.http.next(badClient);
      const latin1 = Buffer.from('x:Grüße', 'latin1').toString('base64');
      const prompt = scriptedPrompt(['Send', 'Basic eDp5', `Basic ${latin1}`, 'new']);
      const parts = { prompt, clients: core.clients, sessions: core.sessions, clock: core.shared.clock };
      await failed(
        core.shared.clock.finish(
          updateClientSecret(held, { ...parts, confirmedHosts: confirmedHosts(new FakeMemory()) }),
        ),
      );
      return asAsked(prompt.asked);
    },
  },
  'signing out': {
    names: ['user', 'server', 'client'],
    scene: async (words) => {
      const core = new Installation().openCore();
      const held = await core.holds(session(words), { id: words.word('client'), secret: 'old' });
      core.shared.http.next(answer(503));
      const prompt = scriptedPrompt(['Revoke at Reltio Too']);
      await core.shared.clock.finish(signOut(held, core.sessions, prompt));
      await core.holds(held);
      const again = scriptedPrompt(['Sign Out Here']);
      await core.shared.clock.finish(signOut(held, core.sessions, again));
      return [...asAsked(prompt.asked), ...asAsked(again.asked), ...asTold()];
    },
  },
  'what is said of a session': {
    names: ['user', 'server', 'client'],
    scene: async (words) => {
      const clock = new FakeClock();
      const one = session(words);
      const two = session(words, {}, '2');
      await showSignedIn({ session: one, isSameToken: false }, clock);
      await showSignedIn({ session: one, isSameToken: true }, clock);
      await showSignedIn({ session: one, isSameToken: false, keptUntil: monday }, clock);
      await showSignedIn({ session: { ...one, state: 'rejected' }, isSameToken: false }, clock);
      await showFoundAccounts([one, two]);
      const due = { sessions: [one, two], refreshTokenDays: 1, memory: new FakeMemory(), clock };
      await remindToRenew(due);
      const offer = remedyOffers(clock);
      for (const state of ['signInAgain', 'rejected'] as const) offer({ ...one, state });
      return [
        ...asTold(),
        copiedText(copiedToken, one, 'stays', true, monday),
        refreshedText({ session: one, isNewToken: true }, true, monday),
        refreshedText({ session: one, isNewToken: false }, true, monday),
        rejectionText({ kind: 'valid', session: one }),
        rejectionText({ kind: 'signInAgain', session: one }),
      ];
    },
  },
  'the question whether to replace a sign-in': {
    names: ['user', 'server', 'client'],
    scene: async (words) => {
      const { core: core } = new Desk([]);
      const held = await core.holds(session(words));
      const { accessToken, refreshToken } = held.tokens;
      const granted = { kind: 'granted', accessToken, refreshToken, expiresIn: 60, expiryIsEstimate: false } as const;
      const answered = { ...granted, scopes: undefined };
      const { account: at, method } = held;
      const signedIn = { kind: 'signedIn', account: at, method, startedAt: monday, answer: answered } as const;
      const prompt = scriptedPrompt(['Keep It']);
      const draft = { answer: signedIn, signInOnceMore: () => Promise.resolve(signedIn) };
      const { clock } = core.shared;
      const context = await sampleContext({ draft, prompt });
      await startOver(context, { sessions: core.sessions, clock, refreshTokenDays: () => 28 });
      return asAsked(prompt.asked);
    },
  },
  'the host of a failure': {
    names: ['server'],
    scene: async ({ host }) => {
      for (const code of ['dns', 'tls', 'proxy', 'unreachable', 'clientRejected', 'untrustedHost'] as const) {
        await showFailure(new Failure(code, { host: host('server') }));
      }
      const cause = new Failure('accountLocked', { host: host('server') });
      await showFailure(new Failure('refreshKeepsFailing', { host: host('server'), cause }));
      await showFailure(new Failure('refreshKeepsFailing', { host: host('server') }));
      return asTold();
    },
  },
  'the status bar, its tooltip, its menu and the details': {
    names: ['user', 'server', 'client', 'scope one', 'idp', 'user2', 'environment'],
    scene: async (words) => {
      const two = session(words, {}, '2');
      const outage = { failure: new Failure('dns', { host: words.host('server') }), since: monday };
      const localProxy = {
        state: 'here',
        port: 4711,
        since: monday,
        requests: 1,
        environments: [{ name: words.word('environment'), account: accountLabel(two.account) }],
      } as const;
      const states = (['signedIn', 'signInAgain', 'clientRejected', 'rejected'] as const).map((state) =>
        sampleState({ session: session(words, { state }), isNamed: true, outage, localProxy }),
      );
      return await Promise.resolve(
        states.flatMap((state) => [
          ...Object.values(statusView(state, monday, 'focused')).map(String),
          tooltipText(state, monday, 'focused'),
          ...menuSections(state, [two], monday).flatMap(({ title, entries }) => [
            title,
            ...entries.flatMap(({ label, description }) => [label, description ?? '']),
          ]),
          detailsText([state], state, monday),
        ]),
      );
    },
  },
  'the account that is asked for, and the copy that is asked about': {
    names: ['user', 'server', 'client', 'user2', 'environment'],
    scene: async (words) => {
      const [one, two] = [session(words), session(words, {}, '2')];
      const environments: Environment[] = [
        {
          name: words.word('environment'),
          url: 'https://dev.reltio.com',
          identityServer: one.account.identityServer,
          tenant: undefined,
          production: false,
          clientId: undefined,
          mcp: false,
        },
      ];
      const question = { signedOutAccount: one.account };
      const asking = sampleState({ session: undefined, question });
      const copied = { label: accountLabel(one.account), form: 'token', at: monday, clearAfter: 60 } as const;
      const lying = sampleState({ session: two, copied: { ...copied, isOverdue: true } });
      const items = accountItems({ known: [one, two], inUse: two, signedOutAccount: one.account, environments });
      const { message, detail } = copyQuestion('token', one.account, environments);
      return await Promise.resolve([
        ...items.flatMap(({ label, description }) => [label, description ?? '']),
        message,
        detail,
        detailsText([], asking, monday),
        ...[asking, lying].flatMap((state) => [
          ...Object.values(statusView(state, monday, 'focused')).map(String),
          tooltipText(state, monday, 'focused'),
          ...menuSections(state, [two], monday).flatMap(({ entries }) => entries.map(({ label }) => label)),
        ]),
      ]);
    },
  },
  'a sign-in in the browser': {
    names: ['error', 'description', 'redirect', 'found', 'wanted', 'tenant', 'environment'],
    scene: async (words) => {
      const { word } = words;
      const identityServer = 'https://auth.reltio.com';
      const prompt = scriptedPrompt([word('other')]);
      const url = 'https://dev.reltio.com';
      const environment = sampleEnvironment(word('environment'), { url, tenant: word('tenant') });
      const context = await sampleContext({
        prompt,
        request: { user: word('wanted') },
        draft: { identityServer },
        environments: [
          environment,
          { ...environment, name: word('environment2'), url: 'https://test.reltio.com', tenant: word('tenant2') },
        ],
        checks: {
          check: () => Promise.resolve(tokenInfo({ user: { username: word('found') } }, monday)),
        },
      });
      const signedIn = sampleSignIn(monday);
      const client = { id: 'acme', secret: 's' };
      const other = await withSignedInUser(context, signedIn, [client], new AbortController().signal);
      const { user: _user, ...nameless } = signedIn.account;
      const position = { step: 1, totalSteps: 1, canGoBack: false };
      const unnamed = { ...context, draft: { ...context.draft, answer: { ...signedIn, account: nameless } } };
      await failed(signedInUserStep.ask(unnamed, position));
      await failed(tenantStep.ask(context, position));
      await failed(environmentStep.ask(context, position));
      return [
        callbackText({ kind: 'refused', error: word('error'), description: word('description') }),
        noCallbackText('redirectRefused', word('redirect')),
        'refused' in other ? other.refused : '',
        ...asAsked(prompt.asked),
      ];
    },
  },
  'the environments and tenants of servers, settings and workspaces': {
    names: ['tenantName', 'customer', 'environment', 'folder', 'folderTenant'],
    scene: async ({ word }) => {
      const core = new Installation().alone().openCore();
      await core.holds();
      core.shared.http.next(
        answer(200),
        answer(200, [{ tenantId: 'AcmeDev01', tenantName: word('tenantName'), customerName: word('customer') }]),
      );
      const prompt = scriptedPrompt(['dev']);
      await failed(addEnvironment(core.real, fakeHost(core, { loadPrompt: () => Promise.resolve(prompt) })));
      const tenant = word('tenant');
      const environments = [sampleEnvironment(word('environment'), { url: 'https://dev.reltio.com', tenant })];
      const found = (host: string, of?: string) => ({ host, tenant: of, source: 'app' });
      const { refused } = importable(
        [found(`a ${word('folder')}`), found('dev.reltio.com', `a ${word('folderTenant')}`)],
        [],
        new Set(),
        ['reltio.com'],
      );
      return [
        ...asAsked(prompt.asked),
        ...environmentItems(environments, undefined).flatMap(({ label, description }) => [label, description]),
        ...refused,
      ];
    },
  },
  'settings that cannot be used': {
    names: ['name', 'field', 'twice', 'suffix', 'xn--uth-5cd'],
    scene: async ({ word, host }) => {
      const { problems } = parseEnvironments(
        [
          { name: word('name'), url: `https://${host('elsewhere')}` },
          { name: 'a', url: 'https://dev.reltio.com', [word('field')]: 1 },
          { name: word('twice'), url: 'https://dev.reltio.com' },
          { name: word('twice'), url: 'https://dev.reltio.com' },
          { name: 'b', url: `http://${host('b')}` },
          { name: 'c', url: `https://${host('c')}/path` },
          { name: 'd', url: 'https://\u0430uth.reltio.com.evil.example' },
        ],
        ['reltio.com'],
      );
      const hosts = parseTrustedHosts(
        [word('suffix').replace(/[<\\]/g, ''), host('suffix')],
        (name, number) => openName(`${name.replaceAll('.', '-')}.ck`, number), // any label there is a public suffix
      );
      await new SettingProblems(() => Promise.resolve({ problems })).showAll();
      return [...problems, ...hosts.problems, ...asTold()];
    },
  },
};

describe('a word chosen by others makes no link, no icon, no line break and no reversed text', () => {
  for (const [what, { names, scene }] of Object.entries(scenes)) {
    it(`in ${what}`, async () => {
      const shownOf = async (words: Words): Promise<readonly string[]> => {
        shownMessages.length = 0;
        return await scene(words);
      };
      const usual = await shownOf(plain);
      const shown = await shownOf(hostile);
      for (const name of names) {
        assert.ok(
          shown.some((text) => text.includes(name)),
          `${name} is not shown, so the scene does not test it`,
        );
      }
      assert.equal(shown.length, usual.length);
      shown.forEach((text, index) => {
        assert.deepEqual(madeOf(text), madeOf(usual[index] ?? ''), text);
        assert.ok(text.length < 6_000, 'bounded');
      });
    });
  }
});
