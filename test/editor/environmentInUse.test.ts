import assert from 'node:assert/strict';
import { isFailure } from '../../src/core/base/failure';
import type { Account } from '../../src/core/model/account';
import { EnvironmentInUse, environmentsInUseKey } from '../../src/editor/environmentInUse';
import type { Environment } from '../../src/editor/settings/environments';
import { FakeMemory } from '../fakes/fakeMemory';
import { RecordingLog } from '../fakes/recordingLog';
import { sampleEnvironment } from '../fakes/sampleEnvironment';
import { jane, sampleSession } from '../fakes/sampleSession';

const elsewhere = 'https://auth-eu.reltio.com';
const omar: Account = { ...jane, user: 'omar@acme.com' };
const janeInEurope: Account = { ...jane, identityServer: elsewhere };
const tool: Account = { ...jane, clientId: 'tool' };
const dev = sampleEnvironment('dev');
const prod = sampleEnvironment('prod', { production: true });
const europe = sampleEnvironment('europe', { identityServer: elsewhere });
const batch = sampleEnvironment('batch', { clientId: 'tool' });

const has = (code: string) => (error: unknown) => isFailure(error) && error.code === code;

describe('the environment in use', () => {
  /** One workspace, whose settings and account in use a test changes. */
  class Workspace {
    readonly memory = new FakeMemory();
    readonly asked: (readonly string[])[] = [];
    readonly log = new RecordingLog();
    account: Account | undefined = jane;
    fails = false;
    /** What the user picks; undefined if they leave the list. */
    picks: string | undefined;

    constructor(public environments: readonly Environment[]) {}

    async open(): Promise<EnvironmentInUse> {
      const opened = new EnvironmentInUse({
        accountInUse: this.accountInUse,
        readEnvironments: () =>
          this.fails ? Promise.reject(new Error('unreadable')) : Promise.resolve(this.environments),
        memory: this.memory,
        log: this.log,
      });
      opened.askWith((choices) => {
        this.asked.push(choices.map(({ name }) => name));
        const picked = choices.find(({ name }) => name === this.picks);
        return picked === undefined ? Promise.reject(new Error('left')) : Promise.resolve(picked);
      });
      await opened.update();
      return opened;
    }

    private get accountInUse() {
      const account = () => this.account;
      return {
        get session() {
          const inUse = account();
          return inUse === undefined ? undefined : sampleSession({ account: inUse });
        },
      };
    }
  }

  it('is unknown until the settings have been read', () => {
    const { memory, log } = new Workspace([]);
    const inUse = new EnvironmentInUse({
      accountInUse: { session: undefined },
      readEnvironments: () => Promise.resolve([dev]),
      memory,
      log,
    });
    assert.equal(inUse.current, undefined);
  });

  it('is the only one if none was ever chosen, and stays the same once a command has used it', async () => {
    const workspace = new Workspace([dev]);
    const inUse = await workspace.open();
    assert.equal(inUse.current?.name, 'dev');
    assert.equal((await inUse.environmentFor()).name, 'dev');
    workspace.environments = [dev, prod];
    await inUse.update();
    assert.equal(inUse.current?.name, 'dev');
    assert.deepEqual(workspace.asked, []);
  });

  it('is asked for if there are several and none was chosen, and the answer is remembered', async () => {
    const workspace = new Workspace([dev, prod]);
    const inUse = await workspace.open();
    assert.equal(inUse.current, undefined);
    await assert.rejects(inUse.environmentFor(), /left/);
    assert.equal(inUse.current, undefined, 'leaving the list chooses nothing');
    workspace.picks = 'prod';
    assert.equal((await inUse.environmentFor()).name, 'prod');
    assert.equal((await inUse.environmentFor()).name, 'prod');
    assert.deepEqual(workspace.asked, [
      ['dev', 'prod'],
      ['dev', 'prod'],
    ]);
    assert.equal((await workspace.open()).current?.name, 'prod', 'over a restart, too');
  });

  it('is no other one when the chosen one was removed or renamed, not even the only one left', async () => {
    const workspace = new Workspace([dev, prod]);
    const inUse = await workspace.open();
    await inUse.choose(dev);
    workspace.environments = [prod];
    await inUse.update();
    assert.equal(inUse.current, undefined);
    await assert.rejects(inUse.environmentFor(), /left/);
    workspace.picks = 'prod';
    assert.equal((await inUse.environmentFor()).name, 'prod');
  });

  it('follows the account in use: only an environment that its token is for', async () => {
    const workspace = new Workspace([dev, europe, batch]);
    const inUse = await workspace.open();
    await inUse.choose(dev);
    await inUse.choose(europe);
    assert.equal(inUse.current?.name, 'dev', 'europe is not for jane');
    workspace.account = janeInEurope;
    assert.equal(inUse.current?.name, 'europe');
    workspace.account = jane;
    assert.equal(inUse.current?.name, 'dev');
    workspace.account = omar;
    assert.equal(inUse.current?.name, 'dev', 'another user of the same server');
    workspace.account = tool;
    assert.equal(inUse.current?.name, 'dev', 'was chosen for every client of the server');
    await inUse.choose(batch);
    assert.equal(inUse.current.name, 'batch');
    workspace.account = jane;
    assert.equal(inUse.current.name, 'dev', 'batch is not for the client of jane');
    workspace.account = undefined;
    assert.equal(inUse.current.name, 'batch', 'the latest choice while no account is in use');
  });

  it('is asked for among those that the account can use', async () => {
    const workspace = new Workspace([dev, prod, europe, batch]);
    const inUse = await workspace.open();
    await assert.rejects(inUse.environmentFor(), /left/);
    await assert.rejects(inUse.environmentFor(tool), /left/);
    assert.equal((await inUse.environmentFor(janeInEurope)).name, 'europe');
    assert.deepEqual(workspace.asked, [
      ['dev', 'prod'],
      ['dev', 'prod', 'batch'],
    ]);
  });

  it('does not exist without an environment for the account', async () => {
    await assert.rejects((await new Workspace([]).open()).environmentFor(), has('noEnvironment'));
    await assert.rejects((await new Workspace([europe]).open()).environmentFor(), has('noEnvironment'));
  });

  it('may be production if it is, or if none is chosen and one that fits is', async () => {
    const workspace = new Workspace([dev, prod, europe]);
    const inUse = await workspace.open();
    assert.equal(await inUse.mayBeProduction(jane), true, 'none is chosen');
    await inUse.choose(dev);
    assert.equal(await inUse.mayBeProduction(jane), false);
    assert.equal(await inUse.mayBeProduction(janeInEurope), false, 'the only one');
    await inUse.choose(prod);
    assert.equal(await inUse.mayBeProduction(jane), true);
    workspace.environments = [
      { ...dev, name: 'renamed' },
      { ...prod, name: 'live' },
    ];
    assert.equal(await inUse.mayBeProduction(jane), true, 'the chosen one is gone');
    workspace.environments = [];
    assert.equal(await inUse.mayBeProduction(jane), false);
    workspace.fails = true;
    await assert.rejects(inUse.mayBeProduction(jane), /unreadable/, 'nobody knows');
  });

  it('is not said to be missing for a command if the settings could not be read', async () => {
    const workspace = new Workspace([dev]);
    workspace.fails = true;
    await assert.rejects((await workspace.open()).environmentFor(), /unreadable/);
  });

  it('reports a change of what it is, or of the list that it is one of, and nothing else', async () => {
    const workspace = new Workspace([dev, prod]);
    const inUse = await workspace.open();
    let changes = 0;
    inUse.onDidChange(() => (changes += 1));
    await inUse.choose(dev);
    assert.equal(changes, 1);
    await inUse.choose(dev);
    await inUse.update();
    assert.equal(changes, 1);
    workspace.environments = [{ ...dev, production: true }, prod];
    await inUse.update();
    assert.equal(changes, 2, 'it is production now');
    workspace.environments = [{ ...dev, production: true }, prod, europe];
    await inUse.update();
    assert.equal(changes, 3, 'there is one more');
    workspace.account = janeInEurope;
    inUse.check();
    assert.equal(changes, 4);
    inUse.check();
    assert.equal(changes, 4);
  });

  it('is forgotten if the choices cannot be read, because another version may have written them', async () => {
    for (const stored of ['dev', null, 7, { name: 'dev' }, [null, 'dev', { name: 'dev' }, { identityServer: 'x' }]]) {
      const workspace = new Workspace([dev, prod]);
      workspace.memory.values.set(environmentsInUseKey, stored);
      assert.equal((await workspace.open()).current, undefined, JSON.stringify(stored));
    }
  });

  it('keeps what it knows if the settings or the memory fail, as in a closing window', async () => {
    const workspace = new Workspace([dev]);
    const inUse = new EnvironmentInUse({
      accountInUse: { session: undefined },
      readEnvironments: () => Promise.reject(new Error('gone')),
      memory: workspace.memory,
      log: workspace.log,
    });
    await inUse.update();
    assert.equal(inUse.current, undefined);
    workspace.memory.isClosed = true;
    await inUse.choose(dev);
    assert.ok(workspace.log.lines.some((line) => JSON.stringify(line).includes('not remembered')));
  });

  it('remembers a limited number of choices', async () => {
    const workspace = new Workspace([]);
    const inUse = await workspace.open();
    for (let index = 0; index < 30; index += 1) {
      await inUse.choose(sampleEnvironment(`e${index}`, { identityServer: `https://auth-${index}.reltio.com` }));
    }
    assert.equal((workspace.memory.get(environmentsInUseKey) as unknown[]).length, 20);
    for (let index = 0; index < 30; index += 1) {
      await inUse.choose(dev);
    }
    const there = { identityServer: 'https://auth-29.reltio.com' };
    workspace.environments = [dev, sampleEnvironment('e29', there), sampleEnvironment('other', there)];
    await inUse.update();
    workspace.account = { ...jane, identityServer: 'https://auth-29.reltio.com' };
    assert.equal(inUse.current?.name, 'e29', 'choosing one again and again pushes no other out');
  });
});
