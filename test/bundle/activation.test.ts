import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle, product } from '../../scripts/packing/bundle';

interface Observed {
  readonly exported: {
    readonly functions: readonly string[];
    readonly shared: readonly string[];
    /** What the shared modules export that is neither a function nor plain data. */
    readonly stateful: readonly string[];
  };
  /** Properties of `fs`, `process` and the global object that importing the bundle changed. */
  readonly changed: readonly string[];
  /** The observed calls in order, from the start of `activate`. */
  readonly order: readonly string[];
}

describe('dist/extension.js, loaded and activated', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reltio-activation-'));
    await bundle({ ...product, outdir: join(folder, 'dist') });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const observe = async (storage: string, globalState: object = {}): Promise<Observed> => {
    const script = join(__dirname, 'observeActivation.cjs');
    const { stdout } = await promisify(execFile)(process.execPath, [
      script,
      join(folder, 'dist'),
      storage,
      JSON.stringify(globalState),
    ]);
    return JSON.parse(stdout) as Observed;
  };

  it('changes nothing on fs, process, the global object or the global dispatcher of undici', async () => {
    assert.deepEqual((await observe(join(folder, 'signed-out'))).changed, []);
  });

  it('exports what VS Code calls, the shared packages and what it lends, of which only functions and plain data can be reached', async () => {
    const { functions, shared, stateful } = (await observe(join(folder, 'signed-out'))).exported;
    assert.deepEqual(functions, ['function', 'function']);
    const lent = (product.grouping.lends?.['extension'] ?? []).map((module) => module.split('/').at(-1) ?? '');
    assert.deepEqual([...shared].sort(), [...product.sharedPackages, ...lent].sort());
    assert.deepEqual(stateful, []);
  });

  it('registers the provider before any I/O', async () => {
    const { order } = await observe(join(folder, 'signed-out'));
    assert.equal(order[0], 'register reltio');
    assert.ok(order.length > 1, 'the observer sees I/O at all');
  });

  it('does not open the secret storage for a user who never signed in', async () => {
    const { order } = await observe(join(folder, 'signed-out'));
    assert.deepEqual(
      order.filter((event) => event.startsWith('secrets.')),
      [],
    );
  });

  it('opens the secret storage, after registering, where only the global state mentions a sign-in', async () => {
    const { order } = await observe(join(folder, 'signed-out'), { lastIdentityServer: 'https://auth.reltio.com' });
    assert.equal(order[0], 'register reltio');
    assert.ok(order.includes('secrets.get'));
  });

  describe('costs those who do not use the local proxy one look at the disk', () => {
    const ofProxy = async (file: string | undefined, age: number): Promise<readonly string[]> => {
      const storage = mkdtempSync(join(folder, 'proxy-'));
      if (file !== undefined) {
        const path = join(storage, 'local-proxy.json');
        writeFileSync(path, file);
        const touched = Date.now() / 1_000 - age;
        utimesSync(path, touched, touched);
      }
      const { order } = await observe(storage);
      return order.filter((event) => /\.l?stat$|^load|^secrets|readFile|open/.test(event));
    };
    const running = JSON.stringify({ version: 1, agreed: true, wanted: true, port: 4711 });
    let unused: readonly string[];
    before(async () => {
      unused = await ofProxy(undefined, 0);
    });

    it('who never started it', () => {
      assert.deepEqual(
        unused.filter((event) => /stat$|^load|^secrets/.test(event)),
        ['fs.promises.stat'],
      );
    });

    it('in whose windows it last ran a while ago', async () => {
      assert.deepEqual(await ofProxy(running, 31), unused);
    });

    it('and loads it beside a window that runs it now', async () => {
      assert.ok((await ofProxy(running, 5)).includes('load features-localProxy.js'));
    });
  });

  it('opens the secret storage, after registering, where state.json mentions a session', async () => {
    writeFileSync(join(folder, 'state.json'), JSON.stringify({ storeId: 'a', revision: 1, sessions: 1 }));
    const { order } = await observe(folder);
    assert.equal(order[0], 'register reltio');
    assert.ok(order.includes('secrets.get'));
  });
});
