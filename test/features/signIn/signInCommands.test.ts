import '../../fakes/fakeQuickInput';
import { commandHandlers } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type { Account } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import type { SignIn, SignInRequest } from '../../../src/editor/signIn';
import { register as registerAccounts } from '../../../src/features/accounts/register';
import { register as registerSignIn } from '../../../src/features/signIn/register';
import type { AccountInUse } from '../../../src/editor/accountInUse';
import { settle } from '../../fakes/fakeClock';
import { fakeHost } from '../../fakes/fakeHost';
import { jane, sampleSession } from '../../fakes/sampleSession';
import { Installation } from '../../fakes/installation';

const omar: Account = { ...jane, user: 'omar@acme.com' };

describe('the sign-in commands, with two accounts', () => {
  const requests: SignInRequest[] = [];
  /** The result of each sign-in, in order; a promise is a sign-in that is still open. */
  let brings: (Session | Promise<Session>)[];
  let signIn: SignIn;
  let inUse: AccountInUse;
  let registered: readonly { dispose(): unknown }[];
  const run = (id: string, ...argument: unknown[]): Promise<unknown> =>
    Promise.resolve(commandHandlers.get(id)?.(...argument));
  const [ofJane, ofOmar] = [sampleSession(), sampleSession({ id: 'omar', account: omar })];

  beforeEach(async () => {
    const shared = new Installation();
    const core = shared.openCore();
    await core.holds(ofJane);
    await core.holds(ofOmar);
    requests.length = 0;
    brings = [];
    const host = fakeHost(core);
    ({ signIn, accountInUse: inUse } = host);
    await inUse.choose(omar);
    registered = [registerSignIn(core.real, host), registerAccounts(core.real, host)];
    signIn.runWith(() =>
      Promise.resolve({
        run: async (request) => {
          requests.push(request);
          return await (brings.shift() ?? Promise.reject(new Error('no more')));
        },
      }),
    );
  });
  afterEach(() => {
    registered.forEach((one) => one.dispose());
  });

  it("use the account of the user's own Sign In in the workspace", async () => {
    brings = [ofJane];
    await run('reltioAuth.signIn');
    assert.deepEqual(requests, [{}]);
    assert.equal(inUse.session?.id, 'jane');
  });

  it('do not change the account in use when another one signs in again', async () => {
    brings = [ofJane];
    await run('reltioAuth.signIn', 'jane');
    assert.equal(requests[0]?.user, 'jane@acme.com');
    assert.equal(inUse.session?.id, 'omar');
  });

  it("do not change the account in use when they join another extension's sign-in", async () => {
    let finish: (session: Session) => void = () => undefined;
    brings = [ofOmar, new Promise((resolve) => (finish = resolve))];
    await run('reltioAuth.signIn'); // waits until the settings are read
    const consumers = signIn.start({ user: 'jane@acme.com' });
    const done = run('reltioAuth.signIn');
    await settle();
    finish(ofJane);
    assert.equal(await consumers, ofJane);
    await done;
    assert.equal(requests.length, 2);
    assert.equal(inUse.session?.id, 'omar');
  });

  for (const [command, renews] of [
    ['reltioAuth.signIn', undefined],
    ['reltioAuth.renew', true],
  ] as const) {
    it(`do not mistake another account's sign-in, which was already open, for the requested one: ${command}`, async () => {
      let finish: (session: Session) => void = () => undefined;
      brings = [new Promise((resolve) => (finish = resolve)), ofOmar];
      const consumers = signIn.start();
      const done = run(command, 'omar');
      finish(ofJane);
      assert.equal(await consumers, ofJane);
      await done;
      assert.equal(requests.length, 2);
      assert.deepEqual([requests[1]?.user, requests[1]?.renews], ['omar@acme.com', renews]);
    });
  }
});
