import assert from 'node:assert/strict';
import { spacedWrites } from '../../../src/editor/secrets/spacedWrites';
import { FakeClock } from '../../fakes/fakeClock';
import { FakeSecrets } from '../../fakes/fakeSecrets';

/** How VS Code saves secrets in a browser: all of them at each write, and each save takes as long as it takes. */
class BrowserSecrets {
  private readonly clock = new FakeClock();
  private readonly inMemory = new FakeSecrets(this.clock);
  private readonly window = this.inMemory.open();
  readonly secrets = spacedWrites(
    {
      get: (key) => this.window.get(key),
      store: (key, value) => this.window.store(key, value).then(() => this.save()),
      delete: (key) => this.window.delete(key).then(() => this.save()),
      onDidChange: (listener) => this.window.onDidChange(listener),
    },
    this.clock,
  );
  saved: Record<string, string> = {};
  /** When each write began (milliseconds). */
  readonly times: number[] = [];

  /** @param saves how long each save takes, one after the other (milliseconds) */
  constructor(private readonly saves: number[]) {}

  async finish(...work: Promise<void>[]): Promise<void> {
    await this.clock.finish(Promise.all(work));
    await this.clock.pass(5_000);
  }

  private save(): void {
    const snapshot = Object.fromEntries(this.inMemory.values);
    this.times.push(this.clock.steady());
    this.clock.after(this.saves.shift() ?? 0, () => (this.saved = snapshot));
  }
}

describe('secrets in a browser', () => {
  it('are all saved when the first save takes longer than the second, as it does while it asks for the key', async () => {
    const browser = new BrowserSecrets([900, 10]);
    const { secrets } = browser;
    await browser.finish(secrets.store('clients', 'a'), secrets.store('sessions', 'b'));
    assert.deepEqual(browser.saved, { clients: 'a', sessions: 'b' });
  });

  it('do not come back after they were removed', async () => {
    const browser = new BrowserSecrets([0, 90, 10]);
    const { secrets } = browser;
    await browser.finish(secrets.store('other', 'a'));
    await browser.finish(secrets.store('sessions', 'b'), secrets.delete('sessions'));
    assert.deepEqual(browser.saved, { other: 'a' });
  });

  it('are written in their order, the first one at once', async () => {
    const browser = new BrowserSecrets([]);
    const { secrets } = browser;
    await browser.finish(...['a', 'b', 'c'].map((key) => secrets.store(key, key)));
    assert.deepEqual(browser.times, [0, 1_000, 1_100]);
    assert.deepEqual(Object.keys(browser.saved), ['a', 'b', 'c']);
  });

  it('are written although a write before has failed', async () => {
    const clock = new FakeClock();
    const window = new FakeSecrets(clock).open();
    const secrets = spacedWrites(window, clock);
    window.failing = 'store';
    await assert.rejects(secrets.store('a', 'a'));
    window.failing = undefined;
    await clock.finish(secrets.store('b', 'b'));
    assert.equal(await secrets.get('b'), 'b');
  });

  it('are written although the write before never ends', async () => {
    const clock = new FakeClock();
    const window = new FakeSecrets(clock).open();
    const hanging = {
      store: (key: string, value: string) =>
        key === 'a' ? new Promise<void>(() => undefined) : window.store(key, value),
    };
    const secrets = spacedWrites(
      {
        ...hanging,
        get: (key) => window.get(key),
        delete: (key) => window.delete(key),
        onDidChange: () => () => undefined,
      },
      clock,
    );
    void secrets.store('a', 'a');
    await clock.finish(secrets.store('b', 'b'));
    assert.equal(await secrets.get('b'), 'b');
  });
});
