import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { scriptedPrompt, type Asked } from '../fakes/scriptedPrompt';
import type { Sent, StandIn } from './httpYac/extension';
import { Reltio, until, useEnvironments } from './reltio';

const placeholder = 'RELTIO-TOKEN-IS-ADDED-WHEN-SENT';

/** A server that no environment names, with what it received. */
interface Stranger {
  readonly url: string;
  readonly port: number;
  readonly received: string[];
  close(): void;
}

async function startStranger(): Promise<Stranger> {
  const received: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let text = `${request.method} ${request.url} ${request.rawHeaders.join(' ')} `;
    request.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    request.on('end', () => {
      received.push(text);
      response.end('thank you');
    });
  });
  server.on('connect', (request, socket) => {
    received.push(`CONNECT ${request.url} ${request.rawHeaders.join(' ')}`);
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, received, close: () => void server.close() };
}

describe('request files in httpYac', () => {
  let reltio: Reltio;
  let standIn: StandIn;
  let stranger: Stranger;
  let asked: readonly Asked[];
  const folder = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;
  const written: vscode.Uri[] = [];
  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(folder(), name);
    written.push(uri);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    return uri;
  };
  let number = 0;
  const sent = async (text: string, answers: readonly string[] = [], config: object = {}): Promise<Sent> => {
    const document = await vscode.workspace.openTextDocument(await write(`requests${number++}.http`, text));
    const prompt = scriptedPrompt(answers);
    reltio.seam.prompt = prompt;
    asked = prompt.asked;
    return await standIn.send(document, config);
  };
  const bearer = 'Authorization: Bearer {{reltioToken}}';
  /** Everything of httpYac that outlasts the request. */
  const kept = ({ shown, log, variables, problems }: Sent): string =>
    JSON.stringify([shown, variables, problems]) + log;
  const holdsToken = (text: string): boolean => reltio.server.issuedTokens().some((token) => text.includes(token));

  before(async () => {
    reltio = await Reltio.start();
    await reltio.signIn();
    stranger = await startStranger();
    await vscode.workspace.openTextDocument(await write('first.http', 'GET http://127.0.0.1/\n'));
    const extension = vscode.extensions.getExtension<StandIn>('anweber.vscode-httpyac');
    assert.ok(extension !== undefined);
    standIn = await extension.activate();
    const { pluginStore } = standIn.httpyac.store as unknown as { pluginStore: Record<string, unknown> };
    await until('the variables are added', () => pluginStore['reltioAuth'] !== undefined);
  });
  after(async () => {
    stranger.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of written) await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
    await reltio.stop();
  });
  afterEach(() => {
    assert.ok(!stranger.received.some(holdsToken), 'a stranger got a token');
  });

  /** Change Token Access. */
  const change = async (answer: string): Promise<void> => {
    reltio.seam.prompt = scriptedPrompt(['Request files', answer]);
    await vscode.commands.executeCommand('reltioAuth.tokenAccess');
  };

  it('get nothing after a no, and ask once', async () => {
    const refused = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`, ['Not Now']);
    assert.deepEqual([refused.shown.length, asked.length], [0, 1]);
    assert.match(refused.problems[0] ?? '', /^The request was not sent\. .*Change Token Access/);
    const again = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`);
    assert.deepEqual([again.shown.length, asked.length], [0, 0]);
    assert.ok(
      reltio.server.requests.all.every(({ path }) => !path.startsWith('/reltio/')),
      'nothing was sent',
    );
  });

  it('are sent with the token after a yes, and httpYac never holds it', async () => {
    await change('Never');
    const never = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`);
    assert.deepEqual([never.shown.length, asked.length], [0, 0]);
    await change('Ask Again');
    const first = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`, ['Until the Window Closes']);
    assert.deepEqual([first.shown[0]?.statusCode, asked.length], [200, 1]);
    const own = await sent(`@own = {{reltioToken}}\n\n###\nGET ${reltio.dataUrl}\nAuthorization: Bearer {{own}}\n`);
    assert.deepEqual([own.shown[0]?.statusCode, asked.length], [200, 0]);
    const header = await sent(`GET ${reltio.dataUrl}\nAuthorization: {{reltioAuthorization}}\n`);
    assert.equal(header.shown[0]?.statusCode, 200);
    assert.equal(header.variables['reltioToken'], placeholder);
    for (const one of [first, own, header]) {
      assert.ok(!holdsToken(kept(one)));
      assert.ok(kept(one).includes(placeholder));
    }
  });

  it('are sent once more with a fresh token if the old one is rejected', async () => {
    reltio.server.expireAccessTokens();
    const from = reltio.server.requests.all.length;
    const statuses = () =>
      reltio.server.requests.all
        .slice(from)
        .filter(({ path }) => path.startsWith('/reltio/'))
        .map(({ status }) => status);
    const { shown } = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`);
    assert.equal(shown[0]?.statusCode, 200);
    assert.deepEqual(statuses(), [401, 200]);
  });

  it('send body, query and headers as they are written', async () => {
    const { shown } = await sent(
      `POST ${reltio.server.url}/reltio/api/AcmeDev01/entities?q=a b\n${bearer}\nContent-Type: application/json\nX-Mine: 1\n\n{"a":"ü"}\n`,
    );
    const request = reltio.server.requests.all.at(-1)!;
    assert.equal(request.path, '/reltio/api/AcmeDev01/entities');
    assert.equal(request.headers['x-mine'], '1');
    assert.equal(request.headers['content-length'], '10');
    assert.ok((shown[0]?.statusCode ?? 0) > 0);
  });

  it('leave requests without the variables to httpYac', async () => {
    const { shown } = await sent(`GET ${stranger.url}/free\nAuthorization: Bearer mine\n`);
    assert.equal(shown[0]?.statusCode, 200);
    assert.match(stranger.received.at(-1) ?? '', /GET \/free .*Bearer mine/);
  });

  it('use a variable of the same name that the user has set', async () => {
    const config = { environments: { $shared: { reltioToken: 'my own' } } };
    await sent(`GET ${stranger.url}/own\n${bearer}\n`, [], config);
    assert.match(stranger.received.at(-1) ?? '', /GET \/own .*Bearer my own/);
  });

  const hostile: Readonly<Record<string, () => readonly [text: string, config?: object]>> = {
    'to a stranger': () => [`GET ${stranger.url}/\n${bearer}\n`],
    'to a stranger behind the name of the environment': () => [
      `GET http://127.0.0.1:${new URL(reltio.server.url).port}@127.0.0.1:${stranger.port}/\n${bearer}\n`,
    ],
    'to a host that a variable names': () => [`@host = ${stranger.url}\n\n###\nGET {{host}}/\n${bearer}\n`],
    'to the host of the Host header': () => [`GET /\nHost: 127.0.0.1:${stranger.port}\n${bearer}\n`],
    'in the URL': () => [`GET ${reltio.dataUrl}?t={{reltioToken}}\n`],
    'in the body': () => [`POST ${stranger.url}/\n\n{{reltioToken}}\n`],
    'in another header': () => [`GET ${stranger.url}/\nX-Token: {{reltioToken}}\n`],
    'to another host in the options of the workspace': () => [
      `GET ${reltio.dataUrl}\n${bearer}\n`,
      { request: { hostname: '127.0.0.1', host: '127.0.0.1', port: stranger.port } },
    ],
    'behind a prefix in the options of the workspace': () => [
      `GET ${reltio.dataUrl}\n${bearer}\n`,
      { request: { prefixUrl: `${stranger.url}/` } },
    ],
    'over a socket in the options of the workspace': () => [
      `GET ${reltio.dataUrl}\n${bearer}\n`,
      { request: { socketPath: '/tmp/stranger.sock' } },
    ],
    'through a proxy of the workspace': () => [`GET ${reltio.dataUrl}\n${bearer}\n`, { proxy: stranger.url }],
    'through a proxy that the file names': () => [
      `@request_proxy = ${stranger.url}\n@request_rejectUnauthorized = false\n\n###\n# @no-reject-unauthorized\n` +
        `GET ${reltio.dataUrl}\n${bearer}\n`,
    ],
    'from a cache': () => [`GET ${reltio.dataUrl}\n${bearer}\n`, { request: { cache: 'redis://127.0.0.1:1' } }],
    'over a WebSocket': () => [`WS ${stranger.url.replace('http', 'ws')}/\n${bearer}\n`],
    'as events': () => [`SSE ${stranger.url}/\n${bearer}\n`],
    'with default headers for every host': () => [
      `GET ${stranger.url}/\n`,
      { defaultHeaders: { Authorization: '{{reltioAuthorization}}' } },
    ],
  };
  for (const [what, attack] of Object.entries(hostile)) {
    it(`give no token away ${what}`, async () => {
      const before = stranger.received.length;
      const result = await sent(...spread(attack()));
      assert.ok(!holdsToken(kept(result)), 'nor to httpYac');
      assert.deepEqual(stranger.received.slice(before), []);
    });
  }

  it('pass on a redirect, and do not follow it', async () => {
    reltio.server.faults.next({ kind: 'redirect', to: `${stranger.url}/` }, { path: '/reltio/tenants/AcmeDev01/name' });
    const before = stranger.received.length;
    const { shown } = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`);
    assert.equal(shown[0]?.statusCode, 307);
    assert.equal(stranger.received.length, before);
  });

  it('send nothing to production without a question of its own, and nothing where the environment was removed', async () => {
    const { url } = reltio.server;
    await useEnvironments([{ name: 'live', url, authUrl: url, tenant: 'AcmeDev01', production: true }]);
    const refused = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`, ['Not Now']);
    assert.deepEqual([refused.shown.length, asked.length], [0, 1]);
    assert.match(asked[0]?.question ?? '', /production/);
    await useEnvironments([]);
    const none = await sent(`GET ${reltio.dataUrl}\n${bearer}\n`);
    assert.match(none.problems[0] ?? '', /is not one of your Reltio environments/);
    assert.equal(none.shown.length, 0);
  });
});

function spread([text, config = {}]: readonly [text: string, config?: object]): [string, string[], object] {
  return [text, [], config];
}
