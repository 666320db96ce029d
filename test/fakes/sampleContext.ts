import { methods } from '../../src/features/signIn/methods/methods';
import { confirmedHosts } from '../../src/editor/confirmedHosts';
import { FailedTries } from '../../src/features/signIn/failedTries';
import { KnownClients } from '../../src/features/signIn/knownClients';
import { LastSignIn } from '../../src/features/signIn/lastSignIn';
import type { SignInContext } from '../../src/features/signIn/signInContext';
import { defaultRedirect } from '../../src/core/browserSignIn/redirect';
import { closedBrowser } from './fakeBrowser';
import { FakeMemory } from './fakeMemory';
import { scriptedPrompt } from './scriptedPrompt';
import { Installation } from './installation';

/** The context for tests that run single steps of a sign-in. */
export async function sampleContext(changes: Partial<SignInContext> = {}): Promise<SignInContext> {
  const memory = new FakeMemory();
  const core = new Installation().openCore();
  return {
    prompt: scriptedPrompt([]),
    request: {},
    draft: {},
    methods,
    place: { isBesideBrowser: true },
    browser: { ...closedBrowser(core.real), redirect: defaultRedirect, trusted: ['reltio.com'] },
    servers: [],
    environments: [],
    clients: await KnownClients.load(core.clients, [], [], {}, []),
    confirmedHosts: confirmedHosts(memory),
    last: new LastSignIn(memory),
    tries: new FailedTries(),
    doubtfulClients: new Set(),
    checks: core.real.checks,
    dataApi: core.real.dataApi,
    clock: core.real.clock,
    title: () => 'Sign in to Reltio',
    attempt: (identityServer, client) => core.attempt(identityServer, client),
    mayStartOver: () => false,
    ...changes,
  };
}
