import { inspectedSettings, personalSettings } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { logChannel } from '../../../src/editor/log';
import { NetworkConfiguration } from '../../../src/editor/settings/networkConfiguration';
import { personalValue, PersonalSettings } from '../../../src/editor/settings/personalSettings';
import { methodText } from '../../../src/editor/messages/sessionText';
import { Settings } from '../../../src/editor/settings/settings';
import { methods } from '../../../src/features/signIn/methods/methods';

/** The event of VS Code for a change of these settings. */
function changed(...names: readonly string[]) {
  return {
    affectsConfiguration: (section: string) => names.some((name) => name === section || name.startsWith(`${section}.`)),
  };
}

describe('the values of settings', () => {
  let listeners: Set<(event: unknown) => void>;
  let settings: Settings;
  let configuration: NetworkConfiguration;
  const original = vscode.workspace.onDidChangeConfiguration;
  beforeEach(() => {
    listeners = new Set();
    Object.assign(vscode.workspace, {
      onDidChangeConfiguration: (listener: (event: unknown) => void) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    });
    settings = new Settings(new PersonalSettings('ui'));
    configuration = new NetworkConfiguration(new PersonalSettings('ui'));
  });
  afterEach(() => {
    settings.dispose();
    configuration.dispose();
    personalSettings.clear();
    inspectedSettings.clear();
    Object.assign(vscode.workspace, { onDidChangeConfiguration: original });
  });
  const change = (...names: readonly string[]) => {
    listeners.forEach((listener) => {
      listener(changed(...names));
    });
  };

  it('are the careful ones if nothing is set or a value makes no sense', () => {
    for (const value of [undefined, 'yes', -1, null]) {
      for (const name of ['refresh', 'statusBar.click', 'refreshTokenDays', 'clipboard.clearAfterSeconds']) {
        personalSettings.set(`reltioAuth.${name}`, value);
      }
      assert.equal(settings.value('refresh'), 'onDemand', 'no timer calls the token endpoint');
      assert.equal(settings.value('statusBar.click'), 'menu');
      assert.equal(settings.value('refreshTokenDays'), 28);
      assert.equal(settings.value('clipboard.clearAfterSeconds'), 60);
    }
  });

  it('are what the user set', () => {
    personalSettings.set('reltioAuth.refresh', 'keepAlive');
    personalSettings.set('reltioAuth.statusBar.click', 'refresh');
    personalSettings.set('reltioAuth.refreshTokenDays', 14);
    personalSettings.set('reltioAuth.clipboard.clearAfterSeconds', 0);
    assert.deepEqual(
      [
        settings.value('refresh'),
        settings.value('statusBar.click'),
        settings.value('refreshTokenDays'),
        settings.value('clipboard.clearAfterSeconds'),
      ],
      ['keepAlive', 'refresh', 14, 0],
    );
  });

  it('are never what a workspace says', () => {
    const inspected = { workspaceValue: ['evil.example'], workspaceFolderValue: ['evil.example'] };
    for (const side of ['ui', 'workspace'] as const) {
      assert.equal(personalValue(inspected, side), undefined);
      assert.deepEqual(personalValue({ ...inspected, globalValue: ['acme.example'] }, side), ['acme.example']);
    }
  });

  it('are re-read after a change, for both of two environments, with one event', async () => {
    let news = 0;
    settings.onDidChange(() => (news += 1));
    const dev = { name: 'dev', url: 'https://dev.reltio.com' };
    const stage = { name: 'stage', url: 'https://tst.reltio.com', authUrl: 'https://auth-stg.reltio.com' };
    personalSettings.set('reltioAuth.environments', [dev]);
    assert.deepEqual((await settings.read()).identityServers, ['https://auth.reltio.com']);
    personalSettings.set('reltioAuth.environments', [dev, { ...stage, production: true, clientId: 'acme_stage' }]);
    change('editor.fontSize');
    assert.equal((await settings.read()).environments.length, 1, 'not read again for every change');
    change('reltioAuth.environments');
    const { environments, identityServers } = await settings.read();
    assert.deepEqual(
      environments.map(({ name, identityServer, production, clientId }) => [
        name,
        identityServer,
        production,
        clientId,
      ]),
      [
        ['dev', 'https://auth.reltio.com', false, undefined],
        ['stage', 'https://auth-stg.reltio.com', true, 'acme_stage'],
      ],
    );
    assert.deepEqual(identityServers, ['https://auth.reltio.com', 'https://auth-stg.reltio.com']);
    assert.equal(news, 1);
  });

  it('let a host have secrets as long as it is trusted, and no longer', async () => {
    personalSettings.set('reltioAuth.trustedHosts', ['reltio.com', 'acme.com']);
    assert.equal(await settings.mayReceiveSecrets('https://auth.acme.com/oauth/token'), true);
    assert.equal(await settings.mayReceiveSecrets('https://auth.other.com/oauth/token'), false);
    personalSettings.set('reltioAuth.trustedHosts', ['reltio.com']);
    change('reltioAuth.trustedHosts');
    assert.equal(await settings.mayReceiveSecrets('https://auth.acme.com/oauth/token'), false);
    assert.equal(await settings.mayReceiveSecrets('https://auth.reltio.com/oauth/token'), true);
  });

  it('of the network are read again when the proxy or a certificate changes', () => {
    const read = () => configuration.read().ownProxy;
    assert.equal(read(), '');
    assert.equal(configuration.read(), configuration.read());
    for (const [name, value] of [
      ['reltioAuth.network.proxy', 'http://one.acme.com:8080'],
      ['http.proxy', 'http://two.acme.com:8080'],
    ] as const) {
      personalSettings.set(name, value);
      const before = configuration.read();
      change('editor.fontSize', 'reltioAuth.environments');
      assert.equal(configuration.read(), before);
      change(name);
      assert.notEqual(configuration.read(), before);
    }
    assert.deepEqual(
      [configuration.read().ownProxy, configuration.read().proxy],
      ['http://one.acme.com:8080', 'http://two.acme.com:8080'],
    );
  });

  it('say how the user signed in', () => {
    assert.equal(methodText(methods, { kind: 'password' }), 'with a password');
    assert.equal(
      methodText(methods, { kind: 'identityProvider', idpSystem: 'salesforce' }),
      'with a password at salesforce',
    );
  });
});

describe('the log channel', () => {
  interface Channel {
    readonly name: string;
    readonly lines: (readonly [level: string, line: string])[];
    isShown: boolean;
    isDisposed: boolean;
  }
  let channels: Channel[];
  const { window } = vscode;
  const original = Object.getOwnPropertyDescriptor(window, 'createOutputChannel');
  beforeEach(() => {
    channels = [];
    Object.defineProperty(window, 'createOutputChannel', {
      configurable: true,
      value: (name: string) => {
        const channel: Channel = { name, lines: [], isShown: false, isDisposed: false };
        channels.push(channel);
        const write = (level: string) => (line: string) => {
          if (channel.isDisposed) throw new Error('Channel has been closed');
          channel.lines.push([level, line]);
        };
        return {
          info: write('info'),
          warn: write('warn'),
          show: () => (channel.isShown = true),
          dispose: () => (channel.isDisposed = true),
        };
      },
    });
  });
  afterEach(() => {
    if (original === undefined) Reflect.deleteProperty(window, 'createOutputChannel');
    else Object.defineProperty(window, 'createOutputChannel', original);
  });

  it('is opened at the first line, once, and writes each at its level', () => {
    const log = logChannel();
    assert.equal(channels.length, 0);
    log.info('refresh: done', { session: 'zoe', milliseconds: 120 });
    log.warn('refresh: failed', { session: 'jane', code: 'tls' });
    assert.deepEqual(
      channels.map(({ name, lines }) => [name, lines]),
      [
        [
          'Reltio Authentication',
          [
            ['info', 'refresh: done session=zoe milliseconds=120'],
            ['warn', 'refresh: failed session=jane code=tls'],
          ],
        ],
      ],
    );
  });

  it('is shown when the user wants to see it, even before the first line', () => {
    const log = logChannel();
    log.show();
    assert.deepEqual(
      channels.map(({ isShown }) => isShown),
      [true],
    );
  });

  it('does not throw once VS Code has closed it, and opens nothing to close it', () => {
    const silent = logChannel();
    silent.dispose();
    assert.equal(channels.length, 0);
    const log = logChannel();
    log.info('activated');
    log.dispose();
    assert.doesNotThrow(() => {
      log.warn('sessions: not written');
    });
    assert.equal(channels[0]?.isDisposed, true);
  });
});
