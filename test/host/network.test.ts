import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { extensionId } from '../../src/editor/messages/extensionId';
import documented from '../../docs/network.json';
import type { TestSeam } from '../../src/editor/testSeam';
import { Failure } from '../../src/core/base/failure';
import type { Prompt } from '../../src/editor/prompt/prompt';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import { Authority, type Pem } from '../fakes/authority';
import { combinations, lockedKeyPassphrase, type Combination, type Ingredients } from './networkCombinations';
import { startProxy, type ProxyOptions, type TestProxy } from '../fakes/proxy';
import { systemAuthority } from './systemAuthority';
import { hostBehindPac, proxyPortInPac } from './systemPac';
import { measured, type Measured, type Results } from './networkTable';
import { scriptedPrompt } from '../fakes/scriptedPrompt';
import { useEnvironments } from './reltio';
import { serveSystemStore } from './systemStore';

serveSystemStore(); // before the first fetch

const explicitClient = /dist[\\/]core-network-explicitClient\.js$/;
const dispatcherSlots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));
const results: Measured[] = [];

describe('corporate networks', () => {
  const users = Authority.create('Acme People');
  const unknown = Authority.create('Unknown Root');
  let system: Authority;
  let seam: TestSeam;
  let folder: string;
  let ingredients: Omit<Ingredients, 'proxy'>;
  let server: IdentityServer;
  let proxy: TestProxy | undefined;

  before(async () => {
    system = systemAuthority();
    const extension = vscode.extensions.getExtension<TestSeam | undefined>(extensionId);
    const activated = await extension?.activate();
    assert.ok(activated !== undefined);
    seam = activated;
    folder = mkdtempSync(join(tmpdir(), 'reltio-network-'));
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const open = users.issue({ names: ['jane'] });
    const locked = users.issue({ names: ['jane'], passphrase: lockedKeyPassphrase });
    ingredients = {
      caFile: file('ca.pem', unknown.cert),
      clientCertificate: { cert: file('jane.pem', open.cert), key: file('jane.key', open.key) },
      lockedCertificate: { cert: file('locked.pem', locked.cert), key: file('locked.key', locked.key) },
    };
    await set({ 'reltioAuth.trustedHosts': ['reltio.com', 'reltio.test'] });
  });

  after(async () => {
    seam.prompt = undefined;
    await set({ 'reltioAuth.trustedHosts': undefined });
    await useEnvironments(undefined);
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    await server.close();
    await proxy?.close();
    proxy = undefined;
  });

  combinations.forEach((combination, index) => {
    it(`${index + 1}. ${combination.network}; ${combination.settings}: ${String(combination.outcome)}`, async () => {
      if (index === 0) assert.equal(isLoaded(), false, 'undici is not loaded before it is needed');
      const slots = dispatcherSlots.map((slot) => (globalThis as Record<symbol, unknown>)[slot]);

      const refusal = await attempt(combination);

      const outcome = refusal ?? 'signs in';
      results.push(measured(combination, outcome));
      if (combination.outcome === 'signs in') assert.equal(outcome, 'signs in');
      else assert.match(outcome, combination.outcome);
      assertWireIsClean(combination);
      if (
        combination.client === 'VS Code' &&
        !combinations.slice(0, index).some(({ client }) => client === 'extension')
      ) {
        assert.equal(isLoaded(), false, "undici is not loaded for what VS Code's fetch can do");
      }
      const after = dispatcherSlots.map((slot) => (globalThis as Record<symbol, unknown>)[slot]);
      if (combination.client === 'extension') assert.deepEqual(after, slots);
    });
  });

  it('are diagnosed along the route that VS Code takes, in a rendered page', async () => {
    proxy = await startProxy();
    server = await startIdentityServer({ tls: system.issue() });
    const url = `https://auth.reltio.test:${server.port}`;
    await set({ 'http.proxy': proxy.url });
    try {
      await useEnvironments([{ name: 'acme', url, authUrl: url }]);
      await vscode.commands.executeCommand('reltioAuth.diagnose');
    } finally {
      await set({ 'http.proxy': undefined });
    }
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.equal(activeTab?.label, 'Reltio Sign-In Diagnosis.md');
    assert.ok(activeTab.input instanceof vscode.TabInputCustom, 'rendered');
    await vscode.commands.executeCommand('reltioAuth.copyDiagnosis');
    const text = await vscode.env.clipboard.readText();
    const line = (about: string): string => text.split('\n').find((one) => one.includes(` · ${about}`)) ?? text;
    assert.match(line('Route (auth.reltio.test:'), /^- ✓ OK .*the proxy 127\.0\.0\.1:\d+ of "http\.proxy"/);
    assert.match(line('DNS name (auth.reltio.test:'), /^- ! Note .*usual behind a proxy/);
    assert.match(line('Certificate (auth.reltio.test:'), /^- ! Note .*`Acme Corporate Root`.*This computer trusts it/);
    assert.match(line('Response (auth.reltio.test:'), /^- ✓ OK .*responds like a Reltio identity server \(HTTP 401/);
    assert.match(line('Settings'), /http\.proxy, .*|reltioAuth\.environments/);
    assert.match(line('Versions'), new RegExp(vscode.version.replaceAll('.', '\\.')));
    assert.match(line('Lock folder'), /^- ✓ OK/);
    assert.ok(proxy.requests.every((request) => request.startsWith('CONNECT ')));
    assert.equal(server.requests.tokenCalls().length, 1);
    assert.equal(server.requests.tokenCalls()[0]?.headers.authorization, undefined);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('carry what the local proxy sends, by fetch and by the modules that fetch cannot replace', async () => {
    proxy = await startProxy();
    server = await startIdentityServer({ tls: system.issue() });
    const url = `https://auth.reltio.test:${server.port}`;
    const data = '/reltio/tenants/AcmeDev01/name';
    await set({ 'http.proxy': proxy.url });
    try {
      await useEnvironments([{ name: 'acme', url, authUrl: url }]);
      assert.equal(await signIn(new URL(url).host, 'stays'), undefined);
      seam.isFocused = true;
      seam.prompt = scriptedPrompt(['Start']);
      await vscode.commands.executeCommand('reltioAuth.startLocalProxy');
      seam.prompt = scriptedPrompt(['acme', 'Address']);
      await vscode.commands.executeCommand('reltioAuth.copyLocalProxyAddress');
      const address = await vscode.env.clipboard.readText();
      const upload = (): RequestInit => ({
        method: 'POST',
        body: new Blob(['some ', 'body']).stream(),
        duplex: 'half',
      });
      for (const init of [{}, { headers: { accept: 'text/event-stream' } }, upload()]) {
        const before = server.requests.all.length;
        const answer = await fetch(`${address}${data}`, init);
        assert.equal(answer.headers.get('x-reltio-local-proxy'), null, await answer.text());
        const [seen] = server.requests.all.slice(before).filter(({ path }) => path === data);
        assert.match(seen?.headers.authorization ?? '', /^Bearer ./);
        assert.ok(!proxy.seen().includes(seen?.headers.authorization?.slice(7) ?? ''));
      }
      assert.ok(proxy.requests.length >= 3);
      for (const request of proxy.requests) assert.match(request, /^CONNECT auth\.reltio\.test:\d+$/);
    } finally {
      await vscode.commands.executeCommand('reltioAuth.stopLocalProxy');
      await vscode.commands.executeCommand('reltioAuth.signOut');
      await set({ 'http.proxy': undefined });
      seam.isFocused = undefined;
    }
  });

  it('are what docs/network.md shows', () => {
    // beside the staged extensions, in out/
    const out = resolve(__dirname, '../../..');
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `network-${vscode.version}.json`), JSON.stringify(results, null, 2));
    const version = /^\d+\.\d+/.exec(vscode.version)?.[0] ?? '';
    const known = (documented as Results)[version];
    if (known !== undefined) assert.deepEqual(results, known, 'docs/network.md is out of date: npm run docs');
  });

  /** Signs in once. Returns undefined, or the sentence about the failure. */
  async function attempt(combination: Combination): Promise<string | undefined> {
    const { proxy: wanted, server: kind, fault, env = {}, values } = combination;
    if (wanted !== 'none') {
      proxy = await startProxy(proxyOptions(wanted));
      if (wanted === 'gone') await proxy.close();
    }
    server = await startIdentityServer({ tls: certificate(kind) });
    if (fault !== undefined) server.faults.always(fault);
    const url = `https://${hostFor(wanted)}:${server.port}`;
    const settings = values?.({ ...ingredients, proxy: proxy?.url ?? '' }) ?? {};
    const before = { ...process.env };
    Object.assign(process.env, env);
    await set(settings);
    if (combination.passphrase !== undefined) {
      seam.prompt = scriptedPrompt(['wrong', combination.passphrase]);
      await vscode.commands.executeCommand('reltioAuth.enterPassphrase');
    }
    try {
      await useEnvironments([{ name: 'acme', url, authUrl: url }]);
      return await signIn(new URL(url).host);
    } finally {
      for (const name of Object.keys(env)) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[name];
      }
      await set(Object.fromEntries(Object.keys(settings).map((name) => [name, undefined])));
    }
  }

  function proxyOptions(wanted: Exclude<Combination['proxy'], 'none'>): ProxyOptions {
    if (wanted === 'gone') return {};
    if (wanted === 'inPac') return { port: proxyPortInPac() };
    const { tls, ...options } = wanted;
    return { ...options, ...(tls === undefined ? {} : { tls: unknown.issue() }) };
  }

  async function signIn(host: string, then: 'signsOut' | 'stays' = 'signsOut'): Promise<string | undefined> {
    const user = server.users.plain;
    const announced = seam.announced.length;
    let refusal: string | undefined;
    const prompt: Prompt = {
      pick: async (step) => {
        const wanted = [host, 'Password', 'Use reltio_ui'];
        const item = wanted
          .map((start) => step.items.find(({ label }) => label.startsWith(start)))
          .find((found) => found !== undefined);
        assert.ok(item !== undefined, step.placeholder);
        return item.value;
      },
      choose: async ({ choices: [first] }) => first, // agrees to the host, and signs out here
      box: async (step) => {
        const submitted = await step.submit(
          step.secret === true ? user.password : user.name,
          new AbortController().signal,
        );
        if (submitted.kind === 'accepted') return submitted.value;
        refusal = submitted.sentence;
        throw new Failure('cancelled');
      },
    };
    seam.prompt = prompt;
    await vscode.commands.executeCommand('reltioAuth.signIn');
    const isSignedIn = seam.announced.length > announced;
    assert.equal(isSignedIn, refusal === undefined, 'signed in, or refused with a sentence');
    if (isSignedIn && then === 'signsOut') await vscode.commands.executeCommand('reltioAuth.signOut');
    return refusal;
  }

  function certificate(kind: Combination['server']): Pem {
    switch (kind) {
      case 'system':
        return system.issue();
      case 'private':
        return unknown.issue();
      case 'expired':
        return system.issueExpired();
      case 'misnamed':
        return system.issueForAnotherName();
      case 'demanding':
        return { ...system.issue(), requestCert: true, rejectUnauthorized: true, ca: users.cert } as Pem;
    }
  }

  /** The right client sent the request, nothing reached the server past a bad certificate, and the proxy saw no secret. */
  function assertWireIsClean(combination: Combination): void {
    const calls = server.requests.tokenCalls('password');
    if (combination.outcome === 'signs in') {
      assert.equal(calls.length, 1);
      assert.equal(calls[0]?.headers['accept-encoding'] === 'identity', combination.client === 'extension');
    } else if (combination.fault === undefined) {
      assert.equal(server.requests.all.length, 0, 'no request reached the server');
    }
    for (const request of proxy?.requests ?? []) assert.match(request, /^CONNECT (auth|pac)\.reltio\.test:\d+$/);
    const { password, name } = server.users.plain;
    const { basic, secret } = server.clients.documented;
    for (const text of [password, name, basic, secret, 'grant_type']) {
      for (const form of [text, encodeURIComponent(text), Buffer.from(text).toString('base64')]) {
        assert.equal(proxy?.seen().includes(form) ?? false, false, `the proxy saw ${form}`);
      }
    }
  }
});

/** A name that only the proxy can resolve, if there is one. */
function hostFor(proxy: Combination['proxy']): string {
  if (proxy === 'none') return 'localhost';
  return proxy === 'inPac' ? hostBehindPac : 'auth.reltio.test';
}

function isLoaded(): boolean {
  return Object.keys(require.cache).some((file) => explicitClient.test(file));
}

async function set(values: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  }
}
