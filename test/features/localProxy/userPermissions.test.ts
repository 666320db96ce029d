import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type { Permissions } from '../../../src/core/localProxy/permissions';
import type { ProxiedEnvironment } from '../../../src/core/localProxy/proxiedEnvironment';
import type { Choice } from '../../../src/editor/prompt/confirm';
import { userPermissions } from '../../../src/features/localProxy/userPermissions';
import { FakeClock, settle } from '../../fakes/fakeClock';
import { FakeMemory } from '../../fakes/fakeMemory';
import { RecordingLog } from '../../fakes/recordingLog';
import { scriptedPrompt } from '../../fakes/scriptedPrompt';

const live: ProxiedEnvironment = {
  name: 'live](command:evil)',
  url: 'https://live.reltio.com',
  identityServer: 'https://auth.reltio.com',
  clientId: undefined,
  production: true,
};
const own: ProxiedEnvironment = { ...live, name: 'own', url: 'https://mdm.acme.example', production: false };
const local: ProxiedEnvironment = { ...live, name: 'local', url: 'http://localhost:8080', production: false };

describe('what the user allows tools to do through the local proxy', () => {
  let log: RecordingLog;
  let globalState: FakeMemory;
  let asked: Choice<string>[];
  let answers: ((pressed: string | undefined) => void)[];
  let permissions: Permissions;
  const open = (): Permissions => {
    const choose = <T extends string>(choice: Choice<T>): Promise<T | undefined> => {
      asked.push(choice);
      return new Promise((resolve) => answers.push(resolve as (pressed: string | undefined) => void));
    };
    const loadPrompt = () => Promise.resolve({ ...scriptedPrompt([]), choose });
    return userPermissions({ clock: new FakeClock(), log }, { loadPrompt, globalState });
  };
  const press = (button: string | undefined): void => answers.shift()?.(button);

  beforeEach(() => {
    log = new RecordingLog();
    globalState = new FakeMemory();
    asked = [];
    answers = [];
    permissions = open();
  });

  it('is asked with method, environment and host, for how long a yes is valid, and nothing is allowed by default', async () => {
    const allowed = permissions.has('changeProduction', live, 'DELETE');
    await settle();
    const [{ message, detail, no, choices } = assert.fail()] = asked;
    assert.equal(message, 'Allow changes in live)(command:evil) (production)? A tool wants to send a DELETE request.');
    assert.match(detail, /goes to live\.reltio\.com, with your token.* for 15 minutes\..*do not allow it\./);
    assert.deepEqual([no, ...choices], ['Do Not Allow', 'Allow for 15 Minutes']);
    press('Allow for 15 Minutes');
    assert.equal(await allowed, true);
    assert.equal(log.lines.at(-1)?.event, 'local proxy: changeProduction allowed');
  });

  it('is not allowed by the other button, or by leaving the question', async () => {
    for (const [name, button] of [
      ['one', 'Do Not Allow'],
      ['two', undefined],
    ] as const) {
      const allowed = permissions.has('changeProduction', { ...live, name }, 'POST');
      await settle();
      press(button);
      assert.equal(await allowed, false);
      assert.equal(log.lines.at(-1)?.event, 'local proxy: changeProduction not allowed');
    }
  });

  it('includes that a token goes to hosts of Reltio, and from one server on this computer to another', async () => {
    assert.equal(await permissions.has('sendToken', live, 'GET'), true);
    const identityServer = 'http://localhost:9000';
    assert.equal(await permissions.has('sendToken', { ...local, identityServer }, 'GET'), true);
    assert.deepEqual(asked, []);
  });

  it('is asked once for a host outside reltio.com, and remembered as after each other command', async () => {
    const declined = open().has('sendToken', own, 'GET');
    await settle();
    press('Do Not Send');
    assert.equal(await declined, false);
    assert.equal(globalState.get('confirmedHosts'), undefined);
    asked = [];
    const allowed = permissions.has('sendToken', own, 'GET');
    await settle();
    assert.equal(asked[0]?.message, 'Send your access token to mdm.acme.example?');
    assert.match(asked[0].detail, /GET request.*not a host of reltio\.com/);
    assert.deepEqual(globalState.get('confirmedHosts'), undefined);
    press('Send');
    assert.equal(await allowed, true);
    assert.deepEqual(globalState.get('confirmedHosts'), ['token mdm.acme.example']);
    permissions = open();
    assert.equal(await permissions.has('sendToken', own, 'GET'), true);
    assert.equal(asked.length, 1);
  });

  it('is asked once in each window where a token would go over plain http, which no host list remembers', async () => {
    for (const round of [1, 2]) {
      const allowed = permissions.has('sendToken', local, 'GET');
      await settle();
      assert.equal(asked.length, round);
      assert.equal(asked.at(-1)?.message, 'Send your access token to http://localhost:8080?');
      assert.match(asked.at(-1)?.detail ?? '', /plain http, so nothing proves which program/);
      press('Send');
      assert.equal(await allowed, true);
      assert.equal(await permissions.has('sendToken', local, 'POST'), true);
      permissions = open();
    }
    assert.equal(globalState.get('confirmedHosts'), undefined);
  });
});
