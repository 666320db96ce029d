import { personalSettings } from '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { createHost, type Host } from '../../src/editor/host';
import { methods } from '../../src/features/signIn/methods/methods';
import { fakeHost } from '../fakes/fakeHost';
import { FakeMemory } from '../fakes/fakeMemory';
import { Installation, type TestCore } from '../fakes/installation';
import { jane, sampleTokens } from '../fakes/sampleSession';

describe('the windows of one profile', () => {
  const omar = { ...jane, user: 'omar@acme.com' };
  const globalState = new FakeMemory();
  let core: TestCore;
  beforeEach(async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com' },
      { name: 'test', url: 'https://test.reltio.com' },
    ]);
    core = new Installation().alone().openCore();
    await core.holds();
    await core.holds({ id: 'omar', account: omar, tokens: sampleTokens({ accessToken: 'o0', refreshToken: 'p0' }) });
  });
  afterEach(() => {
    personalSettings.clear();
  });

  /** A window in which that workspace is open. */
  const open = async (workspaceState: FakeMemory): Promise<Host> => {
    const host = createHost(fakeHost(core, { globalState, workspaceState }), core.real, methods);
    await host.environmentInUse.update();
    return host;
  };
  const inUse = ({ accountInUse, environmentInUse }: Host) => [
    accountInUse.session?.id,
    environmentInUse.current?.name,
  ];

  it('use the account and the environment of their workspace, also when it is opened again', async () => {
    const [mine, other] = [new FakeMemory(), new FakeMemory()];
    const [one, two] = [await open(mine), await open(other)];
    await one.accountInUse.choose(jane);
    await two.accountInUse.choose(omar);
    const [dev, test] = one.environmentInUse.all;
    await one.environmentInUse.choose(dev!);
    await two.environmentInUse.choose(test!);
    assert.deepEqual(
      [inUse(one), inUse(two)],
      [
        ['jane', 'dev'],
        ['omar', 'test'],
      ],
    );
    assert.deepEqual(inUse(await open(mine)), ['jane', 'dev']);
    assert.deepEqual(inUse(await open(new FakeMemory())), [undefined, undefined], 'another workspace has its own');
    assert.deepEqual(globalState.keys(), []);
  });
});
