import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import * as vscode from 'vscode';
import { tokenContent } from '../../src/core/oauth/tokenContent';
import { unpackZstd } from '../../src/core/oauth/zstd';
import { Reltio, until } from './reltio';

/** Every Node of a VS Code that we support has it. */
const { zstdCompressSync } = zlib as unknown as { zstdCompressSync: (data: Buffer) => Buffer };
const token = (content: string | Buffer): string =>
  `s.${zstdCompressSync(Buffer.from(content)).toString('base64url')}.c2lnbmF0dXJl`;

describe('Who Am I', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    reltio = await Reltio.start();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await reltio.stop();
  });

  const ask = async (): Promise<string> => {
    await vscode.commands.executeCommand('reltioAuth.whoAmI');
    const documents = (): readonly vscode.TextDocument[] =>
      vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'reltio-who-am-i');
    await until('the document to be shown', () => documents().length > 0);
    return documents().at(-1)?.getText() ?? '';
  };

  it('shows in a read-only document what Reltio says, and sends two requests', async () => {
    await reltio.signIn();
    const before = reltio.server.requests.all.length;
    const text = await ask();
    for (const part of [/jane@acme\.com/, /ROLE_/, /AcmeDev01/, /reltio_ui/, /Token expires: +\S.* \d\d:\d\d:\d\d /]) {
      assert.match(text, part);
    }
    const paths = reltio.server.requests.all.slice(before).map(({ path }) => path);
    assert.deepEqual(new Set(paths), new Set(['/oauth/checkToken', '/reltio/enhancedTenants']));
    await vscode.commands.executeCommand('reltioAuth.copyToken');
    assert.ok(!text.includes(await vscode.env.clipboard.readText()), 'the token itself is not in it');
  });

  it('shows what a token of Reltio says of itself, also one that the server does not know', async () => {
    const access = token(JSON.stringify({ u: 'packed-user', t: 'packed-tenant', aurl: 'https://auth-9.reltio.com' }));
    reltio.server.faults.next({ kind: 'fields', fields: { access_token: access } }, { grant: 'password' });
    await reltio.signIn();
    const text = await ask();
    assert.match(
      text,
      /\(not verified\)\n\nRead on this computer .*\n\n {4}User: +packed-user\n {4}Tenant: +packed-tenant\n {4}Issued by: +auth-9\.reltio\.com, not /,
    );
    assert.match(text, /does not know it|The token is not valid/);
  });

  it('unpacks no bomb, and nothing that asks for much memory', () => {
    const bomb = token(Buffer.alloc(50_000_000, ' '));
    assert.ok(bomb.length < 20_000, String(bomb.length));
    assert.equal(tokenContent(bomb, unpackZstd), 'unreadable');
    assert.throws(() => unpackZstd(Buffer.from(bomb.split('.')[1] ?? '', 'base64url'), 65_536));
    const one = `{"u":"${'x'.repeat(65_536 - 8)}"}`;
    assert.equal(typeof tokenContent(token(one), unpackZstd), 'object');
    assert.equal(tokenContent(token(`${one} `), unpackZstd), 'unreadable');
    // A frame of two bytes that claims to need a window of 128 MB, and the same with one of 8 MB.
    const frame = (window: number): Buffer =>
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (window - 10) << 3, 0x11, 0x00, 0x00, 0x7b, 0x7d]);
    assert.throws(() => unpackZstd(frame(27), 65_536));
    assert.equal(unpackZstd(frame(23), 65_536).toString(), '{}');
    for (const hostile of ['junk', Buffer.alloc(0), frame(23).subarray(0, 7)]) {
      const packed = Buffer.from(hostile).toString('base64url');
      const content = tokenContent(`s.${packed}.c2ln`, unpackZstd);
      assert.ok(content === 'unreadable' || content === 'opaque', JSON.stringify(content));
    }
  });
});
