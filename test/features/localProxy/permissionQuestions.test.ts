import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type { ProxiedEnvironment } from '../../../src/core/localProxy/proxiedEnvironment';
import type { Choice } from '../../../src/editor/prompt/confirm';
import { PermissionQuestions } from '../../../src/features/localProxy/permissionQuestions';
import { settle } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';

const live: ProxiedEnvironment = {
  name: 'live](command:evil)',
  url: 'https://live.reltio.com',
  identityServer: 'https://auth.reltio.com',
  clientId: undefined,
  production: true,
};

describe('the questions that a request of a tool needs', () => {
  let log: RecordingLog;
  let questions: PermissionQuestions;
  let asked: Choice<string>[];
  let answers: ((pressed: string | undefined) => void)[];
  beforeEach(() => {
    log = new RecordingLog();
    asked = [];
    answers = [];
    const choose = <T extends string>(choice: Choice<T>): Promise<T | undefined> => {
      asked.push(choice);
      return new Promise((resolve) => answers.push(resolve as (pressed: string | undefined) => void));
    };
    questions = new PermissionQuestions(() => Promise.resolve({ choose }), log);
  });
  const press = (button: string | undefined): void => answers.shift()?.(button);

  it('name the method, the environment and its host, say for how long a yes is valid, and allow nothing by default', async () => {
    const allowed = questions.ask('changeProduction', live, 'DELETE');
    await settle();
    const [{ message, detail, no, choices } = assert.fail()] = asked;
    assert.equal(message, 'Allow changes in live)(command:evil) (production)? A tool wants to send a DELETE request.');
    assert.match(detail, /goes to live\.reltio\.com, with your token.* for 15 minutes\..*do not allow it\./);
    assert.deepEqual([no, ...choices], ['Do Not Allow', 'Allow for 15 Minutes']);
    press('Allow for 15 Minutes');
    assert.equal(await allowed, true);
    assert.equal(log.lines.at(-1)?.event, 'local proxy: changeProduction allowed');
  });

  it('are asked once for an environment while the modal is open, and again after its answer', async () => {
    const together = [1, 2, 3].map(() => questions.ask('changeProduction', live, 'POST'));
    await settle();
    assert.equal(asked.length, 1);
    press('Do Not Allow');
    assert.deepEqual(await Promise.all(together), [false, false, false]);
    const again = questions.ask('changeProduction', live, 'POST');
    await settle();
    assert.equal(asked.length, 2);
    press(undefined);
    assert.equal(await again, false);
    assert.equal(log.lines.at(-1)?.event, 'local proxy: changeProduction not allowed');
  });

  it('are others for another environment, also of the same name, and for another permission', async () => {
    void questions.ask('changeProduction', live, 'POST');
    void questions.ask('changeProduction', { ...live, url: 'https://other.reltio.com' }, 'POST');
    void questions.ask('sendToken', live, 'POST');
    await settle();
    assert.equal(asked.length, 3);
  });

  it('say where a token would go that no certificate or no host of Reltio protects', async () => {
    void questions.ask('sendToken', { ...live, url: 'https://mdm.acme.example' }, 'GET');
    void questions.ask('sendToken', { ...live, url: 'http://localhost:8080' }, 'GET');
    await settle();
    assert.equal(asked[0]?.message, 'Send your access token to mdm.acme.example?');
    assert.match(asked[0].detail, /GET request.*not a host of reltio\.com/);
    assert.equal(asked[1]?.message, 'Send your access token to http://localhost:8080?');
    assert.match(asked[1].detail, /plain http, so nothing proves which program/);
  });

  it('can be asked again if VS Code could not show one', async () => {
    let fails = true;
    const choose = (): Promise<undefined> =>
      fails ? Promise.reject(new Error('closing')) : Promise.resolve(undefined);
    questions = new PermissionQuestions(() => Promise.resolve({ choose }), log);
    await assert.rejects(questions.ask('changeProduction', live, 'POST'));
    fails = false;
    assert.equal(await questions.ask('changeProduction', live, 'POST'), false);
  });
});
