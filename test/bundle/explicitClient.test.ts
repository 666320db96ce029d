import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import Module, { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { bundle, product, type BundleFile } from '../../scripts/packing/bundle';
import type { ProxyAddress } from '../../src/core/network/proxyAddress';
import type { Route } from '../../src/core/network/choice';
import { defaultNetworkSettings } from '../../src/core/network/networkSettings';
import { Authority } from '../fakes/authority';
import { startProxy } from '../fakes/proxy';

const FILE = 'core-network-explicitClient.js';

/** Loads a bundle file and prints which properties of the global object, `process`, `fs` and others it changed. */
const observer = `
  const Module = require('node:module');
  const load = Module._load;
  const anything = new Proxy(function () {}, { get: () => anything, getPrototypeOf: () => anything, construct: () => ({}) });
  Module._load = (request, ...rest) => (request === 'vscode' ? anything : load(request, ...rest));
  const fs = require('node:fs');
  const watched = { global: globalThis, process, fs, 'fs.promises': fs.promises, tls: require('node:tls'), net: require('node:net') };
  const picture = () => Object.entries(watched).flatMap(([name, object]) =>
    Reflect.ownKeys(object).map((key) => [name + '.' + String(key), Object.getOwnPropertyDescriptor(object, key)]));
  const before = new Map(picture());
  require(process.argv[1]);
  console.log(JSON.stringify(picture()
    .filter(([name, now]) => { const then = before.get(name); return !then || !Object.is(then.value, now.value) || then.get !== now.get; })
    .map(([name]) => name)));
`;

describe(`dist/${FILE}`, function () {
  this.timeout(60_000);
  const authority = Authority.create('Acme Root');
  let folder: string;
  let files: readonly BundleFile[];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reltio-explicit-'));
    ({ files } = await bundle({ ...product, outdir: folder }));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is the only file with undici, and has only the part of it that sends requests', () => {
    const holders = files.filter(({ inputs }) => inputs.some((input) => input.includes('node_modules/undici/')));
    assert.deepEqual(
      holders.map(({ name }) => name),
      [FILE],
    );
    const parts = holders[0]?.inputs ?? [];
    for (const never of ['index.js', 'lib/global.js', 'lib/web/', 'lib/mock/', 'lib/cache/', 'lib/dispatcher/socks5']) {
      const found = parts.filter((input) => input.includes(`undici/${never}`));
      assert.deepEqual(found, []);
    }
    assert.ok((holders[0]?.bytes ?? 0) < 110_000, `${holders[0]?.bytes} bytes`);
  });

  it('has the parser of undici beside it, once and as undici has it', () => {
    const undici = createRequire(require.resolve('undici/lib/llhttp/llhttp-wasm.js'));
    const parser = brotliDecompressSync(readFileSync(join(folder, 'llhttp.wasm.br')));
    assert.ok(parser.equals(undici('./llhttp-wasm.js') as Buffer));
    assert.doesNotMatch(readFileSync(join(folder, FILE), 'utf8'), /AGFzbQ/); // how a parser in base64 begins
  });

  it("changes nothing that other extensions share, undici's global dispatcher included", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', observer, join(folder, FILE)]);
    assert.deepEqual(JSON.parse(stdout), []);
  });

  describe('in use', () => {
    let server: Server;
    before(async () => {
      server = createServer(authority.issue(), (request, response) => {
        void request.toArray().then((chunks: Buffer[]) => {
          response.writeHead(201, { 'content-type': 'text/plain', 'x-method': request.method });
          response.write('got ');
          response.end(Buffer.concat(chunks));
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      writeFileSync(join(folder, 'ca.pem'), authority.cert);
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    /** What the bundled client gets for one request with a body in pieces, and for one with a text. */
    const answers = async (ownProxy: string, outdir = folder): Promise<unknown[]> => {
      const { ExplicitClient } = loadExplicitClient(outdir);
      const settings = { ...defaultNetworkSettings, caFile: join(folder, 'ca.pem') };
      const client = new ExplicitClient(settings, () => Promise.resolve(undefined), 'test');
      const route: Route = ownProxy === '' ? { kind: 'direct' } : { kind: 'proxy', proxy: proxyAt(ownProxy) };
      const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
      const { signal } = new AbortController();
      const body = (async function* () {
        yield await Promise.resolve(Buffer.from('pie'));
        yield Buffer.from('ces');
      })();
      const streamed = await client.open({ method: 'PUT', url, headers: [], body }, route, signal);
      assert.ok(streamed.kind === 'response', JSON.stringify(streamed));
      const pieces: Uint8Array[] = [];
      for await (const piece of streamed.body) pieces.push(piece);
      const text = await client.exchange({ method: 'POST', url, headers: {}, body: 'text' }, route, signal);
      client.close();
      return [streamed.status, Buffer.concat(pieces).toString(), text.kind === 'response' && text.body];
    };
    const right = [201, 'got pieces', 'got text'];

    it('sends requests', async () => {
      assert.deepEqual(await answers(''), right);
    });

    it('sends requests through proxies, with and without TLS to the proxy', async () => {
      for (const tls of [undefined, authority.issue()]) {
        const proxy = await startProxy(tls === undefined ? {} : { tls });
        assert.deepEqual(await answers(proxy.url.replace('127.0.0.1', 'localhost')), right);
        assert.match(proxy.requests.join(), /^CONNECT localhost/);
        await proxy.close();
      }
    });

    it('says MODULE_NOT_FOUND where VS Code has deleted the parser', async () => {
      const outdir = mkdtempSync(join(folder, 'gone-'));
      await bundle({ ...product, outdir });
      rmSync(join(outdir, 'llhttp.wasm.br'));
      await assert.rejects(answers('', outdir), { code: 'MODULE_NOT_FOUND' });
    });
  });
});

const proxyAt = (origin: string): ProxyAddress => ({
  origin,
  host: 'localhost',
  secure: origin.startsWith('https:'),
  authorization: undefined,
});

type Explicit = typeof import('../../src/core/network/explicitClient');

/** From its bundle file, which may need that of the extension, which needs VS Code. */
function loadExplicitClient(outdir: string): Explicit {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  const anything: object = new Proxy(function () {}, {
    get: () => anything,
    getPrototypeOf: () => anything,
    construct: () => ({}),
  });
  loader._load = (request, ...rest) => (request === 'vscode' ? anything : load(request, ...rest));
  try {
    const loaded = createRequire(join(outdir, FILE))(`./${FILE}`) as Record<string, Explicit>;
    const explicit = loaded['explicitClient'];
    assert.ok(explicit !== undefined);
    return explicit;
  } finally {
    loader._load = load;
  }
}
