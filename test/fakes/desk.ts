import './fakeVscode';
import { hostFetch } from '../../src/core/network/hostFetch';
import { mayReceiveSecrets } from '../../src/core/trust/trustedHosts';
import type { Session } from '../../src/core/model/session';
import type { SignInRequest } from '../../src/editor/signIn';
import { confirmedHosts } from '../../src/editor/confirmedHosts';
import { preloadedMethods } from './preloadedMethods';
import { LastSignIn } from '../../src/features/signIn/lastSignIn';
import { SignInFlow } from '../../src/features/signIn/signInFlow';
import { parseEnvironments } from '../../src/editor/settings/environments';
import type { SettingsValue } from '../../src/editor/settings/settingsValue';
import type { HttpClient } from '../../src/core/oauth/httpClient';
import { defaultRedirect } from '../../src/core/browserSignIn/redirect';
import { closedBrowser } from './fakeBrowser';
import { FakeMemory } from './fakeMemory';
import { Installation, type TestCore } from './installation';
import { type Answer, type Asked, scriptedPrompt } from './scriptedPrompt';

const TRUSTED = ['reltio.com', 'acme.example', 'no-such-host.invalid'];

/** Signs a user in by answering the boxes: the real flow and core, with a real network and fake secrets. */
export class Desk {
  readonly installation = new Installation();
  readonly core: TestCore;
  readonly memory = new FakeMemory();
  /** The accounts that a sign-in unexpectedly found signed in. */
  readonly found: string[] = [];
  readonly flow: SignInFlow;
  asked: readonly Asked[] = [];
  /** The number of each box and list as its title shows it, such as `2/5`. */
  numbers: readonly string[] = [];
  isBesideBrowser = true;
  /** Where a sign-in in the browser ends. */
  redirect = defaultRedirect;
  /** What the browser does with an address: whether it is open. */
  open: (url: string) => Promise<boolean> = () => Promise.resolve(false);
  readonly copied: string[] = [];
  /** When the old sign-in expires, if the user kept it. */
  keptUntil: number | undefined;
  /** Whether Reltio returned the token that was there before. */
  isSameToken: boolean | undefined;
  /** Whether the browser signed in, unasked, a user who was signed in before. */
  isBrowsersChoice: boolean | undefined;

  constructor(environments: readonly object[], http: HttpClient = realNetwork(), methods = preloadedMethods) {
    this.installation.methods = methods;
    const settings = settingsWith(environments);
    this.core = this.installation.openCore(http);
    const { sessions, clients, calls } = this.core;
    const { checks, dataApi } = this.core.real;
    this.flow = new SignInFlow({
      readSettings: () => Promise.resolve({ ...settings, redirect: this.redirect }),
      sessions,
      clients,
      calls,
      checks,
      dataApi,
      methods,
      browser: {
        ...closedBrowser(this.core.real),
        open: async (url) => await this.open(url),
        copy: (text) => Promise.resolve(void this.copied.push(text)),
      },
      place: () => ({ isBesideBrowser: this.isBesideBrowser }),
      clock: this.installation.clock,
      log: this.installation.log,
      last: new LastSignIn(this.memory),
      confirmedHosts: confirmedHosts(this.memory),
      refreshTokenDays: () => 28,
      onFound: (sessions) => this.found.push(...sessions.map(({ id }) => id)),
    });
  }

  async signIn(answers: readonly Answer[], request: SignInRequest = {}, endsAt?: number): Promise<Session> {
    const prompt = scriptedPrompt(answers);
    try {
      const { session, keptUntil, isSameToken, isBrowsersChoice } = await this.flow.run(request, prompt, endsAt);
      this.keptUntil = keptUntil;
      this.isSameToken = isSameToken;
      this.isBrowsersChoice = isBrowsersChoice === true;
      return session;
    } finally {
      this.asked = prompt.asked;
      this.numbers = prompt.numbers;
    }
  }

  /** The sentences with which boxes refused an answer. */
  get refusals(): string[] {
    return this.asked.flatMap(({ refusals }) => refusals);
  }
}

export function realNetwork(): HttpClient {
  return hostFetch({
    userAgent: 'test',
    mayReceiveSecrets: (url) => Promise.resolve(mayReceiveSecrets(url, TRUSTED)),
  });
}

function settingsWith(entries: readonly object[]): SettingsValue {
  const parsed = parseEnvironments(entries, TRUSTED);
  const servers = new Set([...parsed.environments.map((one) => one.identityServer), 'https://auth.reltio.com']);
  return { ...parsed, identityServers: [...servers], trusted: TRUSTED };
}
