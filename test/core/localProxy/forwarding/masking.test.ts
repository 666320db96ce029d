import assert from 'node:assert/strict';
import { TokenMask } from '../../../../src/core/localProxy/forwarding/masking';
import { longToken } from '../../../fakes/proxiedServer';

const mask = new TokenMask(longToken);

async function through(chunks: readonly Uint8Array[], one = mask): Promise<Buffer> {
  const passed: Uint8Array[] = [];
  for await (const chunk of one.body(from(chunks))) passed.push(chunk);
  return Buffer.concat(passed);
}

async function* from(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const percentAll = (text: string): string =>
  text.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
const unicodeAll = (text: string): string =>
  text.replace(/./g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const json = JSON.stringify(longToken).slice(1, -1);

const forms: Readonly<Record<string, string>> = {
  'as it is': longToken,
  'in JSON with escaped slashes': json.replaceAll('/', '\\/'),
  'in JSON in JSON': JSON.stringify(json.replaceAll('/', '\\/')).slice(1, -1),
  'as numbers of JSON': unicodeAll(longToken),
  'as numbers of JSON, some only': longToken.replaceAll('+', '\\u002B').replaceAll('=', '\\u003d'),
  'as numbers of JSON in JSON': unicodeAll(longToken).replaceAll('\\', '\\\\'),
  'in a URL': encodeURIComponent(longToken),
  'in a URL, in lower case': longToken.replaceAll('/', '%2f').replaceAll('+', '%2b'),
  'in a URL, each character': percentAll(longToken),
  'in a URL in a URL': encodeURIComponent(encodeURIComponent(longToken)),
  'in HTML': longToken.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&#x3d;'),
};

describe('the mask of the local proxy', () => {
  for (const [name, form] of Object.entries(forms)) {
    it(`hides a token ${name}, however it is cut into chunks, and changes no length`, async () => {
      const before = `{"error":"invalid_token","error_description":"Invalid access token: `;
      const text = Buffer.from(`${before}${form}"}, s.aB %2f \\u0073 &`);
      const expected = `${before}${'*'.repeat(form.length)}"}, s.aB %2f \\u0073 &`;
      assert.equal((await through([text])).toString(), expected);
      assert.equal((await through([...text].map((byte) => Uint8Array.of(byte)))).toString(), expected);
      for (let at = before.length - 2; at < before.length + form.length; at += 7) {
        const cut = [text.subarray(0, at), new Uint8Array(), text.subarray(at)];
        assert.equal((await through(cut)).toString(), expected, `cut at ${at}`);
      }
      assert.equal(mask.header(`Bearer error="${form}"`), `Bearer error="${'*'.repeat(form.length)}"`);
    });
  }

  it('hides each of several, also one directly after another or after a beginning', async () => {
    const text = `s.${longToken}${longToken} ${longToken.slice(0, 50)}${longToken}`;
    const expected = `s.${'*'.repeat(2 * longToken.length)} ${longToken.slice(0, 50)}${'*'.repeat(longToken.length)}`;
    assert.equal((await through([Buffer.from(text)])).toString(), expected);
  });

  it('hides most of a token at the end of a text that was cut, and nothing that only begins like one', async () => {
    const most = longToken.slice(0, 100);
    assert.equal((await through([Buffer.from(`x ${most}`)])).toString(), `x ${'*'.repeat(100)}`);
    assert.equal((await through([Buffer.from('x s.aB3')])).toString(), 'x s.aB3');
    assert.equal(mask.header(`x ${most}`), `x ${'*'.repeat(100)}`);
  });

  it('passes on at once what cannot belong to a token', async () => {
    const chunks = [Buffer.from('data: 1\n\n'), Buffer.from('data: s')];
    const passed = mask.body(from(chunks));
    assert.deepEqual(await passed.next(), { done: false, value: chunks[0] });
    assert.equal(Buffer.from((await passed.next()).value as Uint8Array).toString(), 'data: ');
  });

  it('does not change the bytes that it was given, and passes on those without a token as they are', async () => {
    const [dirty, clean] = [Buffer.from(longToken), Buffer.from(`nothing here ${'\\%&s'.repeat(100)}!`)];
    const passed = mask.body(from([clean]));
    assert.equal((await passed.next()).value, clean);
    await through([dirty]);
    assert.equal(dirty.toString(), longToken);
  });

  it('hides odd tokens too, and none so short that it stands in many texts', async () => {
    for (const token of ['aaaaaa', '%%%%%%', '\\\\\\\\\\\\', 'a%b%c%', '"quote"', '&#43;&#43;']) {
      const one = new TokenMask(token);
      const passed = (await through([Buffer.from(`<${token}>`)], one)).toString();
      assert.equal(passed, `<${'*'.repeat(token.length)}>`, token);
    }
    for (const token of ['', 't', 'text']) {
      assert.equal((await through([Buffer.from('text')], new TokenMask(token))).toString(), 'text');
      assert.equal(new TokenMask(token).header('text'), 'text');
    }
  });

  it('survives random cuts, escapes and noise', async () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const writings = [
      (c: string) => c,
      (c: string) => `%${c.charCodeAt(0).toString(16)}`,
      (c: string) => `\\u00${c.charCodeAt(0).toString(16)}`,
      (c: string) => `&#${c.charCodeAt(0)};`,
      (c: string) => (/\w/.test(c) ? c : `\\${c}`),
    ];
    for (let round = 0; round < 200; round += 1) {
      const written = [...longToken].map((c) => (writings[random(writings.length)] ?? String)(c)).join('');
      const noise = Array.from({ length: random(40) }, () => 's.%\\&u0;73'[random(10)]).join('');
      const text = Buffer.from(`${noise}|${written}|${noise}`);
      const chunks: Buffer[] = [];
      for (let at = 0; at < text.length;) {
        const end = at + 1 + random(90);
        chunks.push(text.subarray(at, end));
        at = end;
      }
      const passed = (await through(chunks)).toString();
      assert.equal(passed, `${noise}|${'*'.repeat(written.length)}|${noise}`);
    }
  });

  it('does not take a text for slow that is full of beginnings of tokens', async () => {
    const chunk = Buffer.from('s.aB3-_~\\\\\\\\%25%25&#'.repeat(3_000));
    const passed = await through(Array.from({ length: 20 }, () => chunk));
    assert.equal(passed.length, 20 * chunk.length);
  });

  it('cuts an answer that repeats a token that repeats itself: looking into it would take minutes', async () => {
    const odd = new TokenMask(`${'a'.repeat(60_000)}b`);
    await assert.rejects(through([Buffer.from('a'.repeat(300_000))], odd));
    assert.throws(() => odd.header('a'.repeat(16_000) + 'c'.repeat(60_000)));
    assert.equal((await through([Buffer.from('ab ba '.repeat(10_000))], odd)).length, 60_000);
  });

  describe('in a body that is no text', () => {
    const plain = async (chunks: readonly Uint8Array[], one = mask): Promise<Buffer> => {
      const passed: Uint8Array[] = [];
      for await (const chunk of one.plainBody(from(chunks))) passed.push(chunk);
      return Buffer.concat(passed);
    };
    const stars = '*'.repeat(longToken.length);

    it('hides a token, however it is cut into chunks', async () => {
      const text = Buffer.from(`s.s.aB\0${longToken}s.${longToken}${longToken}\xff s.aB3-`, 'latin1');
      const expected = Buffer.from(`s.s.aB\0${stars}s.${stars}${stars}\xff s.aB3-`, 'latin1');
      assert.deepEqual(await plain([text]), expected);
      assert.deepEqual(await plain([...text].map((byte) => Uint8Array.of(byte))), expected);
      for (let at = 0; at < text.length; at += 7) {
        assert.deepEqual(
          await plain([text.subarray(0, at), new Uint8Array(), text.subarray(at)]),
          expected,
          `cut at ${at}`,
        );
      }
    });

    it('hides most of a token at the end of a body that was cut', async () => {
      assert.equal((await plain([Buffer.from(`x ${longToken.slice(0, 100)}`)])).toString(), `x ${'*'.repeat(100)}`);
    });

    it('passes on the bytes that it was given, where nothing is to be hidden', async () => {
      const clean = Buffer.alloc(64 * 1024, 'x');
      assert.equal((await plain([clean])).length, clean.length);
      assert.equal((await plain([Buffer.from('text')], new TokenMask(''))).toString(), 'text');
      const dirty = Buffer.from(longToken);
      await plain([dirty]);
      assert.equal(dirty.toString(), longToken);
    });
  });
});
