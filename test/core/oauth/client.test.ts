import assert from 'node:assert/strict';
import fc from 'fast-check';
import { basicHeader, documentedClient, looksLikeBasicHeader, parseBasicHeader } from '../../../src/core/oauth/client';

/** As on Reltio's own pages. */
const printed = 'Basic cmVsdGlvX3VpOnNlY3JldA==';

describe('basicHeader', () => {
  it('is byte for byte the header that Reltio documents for its client', () => {
    assert.equal(basicHeader(documentedClient), printed);
  });

  it('sends id and secret raw, never form-encoded', () => {
    const raw = { id: 'reltio_ui', secret: 'a+b%20c:d é=&_-.~' };
    const sent = Buffer.from(basicHeader(raw).slice('Basic '.length), 'base64').toString('utf8');
    assert.equal(sent, 'reltio_ui:a+b%20c:d é=&_-.~');
  });
});

describe('parseBasicHeader', () => {
  const pasted: Record<string, string> = {
    'as printed': printed,
    'the whole header': `Authorization: ${printed}`,
    "as Reltio's page runs it together": 'Authorization:Basic cmVsdGlvX3VpOnNlY3JldA==',
    'the value alone': 'cmVsdGlvX3VpOnNlY3JldA==',
    'without its padding': 'cmVsdGlvX3VpOnNlY3JldA',
    'in other letters': 'authorization: BASIC cmVsdGlvX3VpOnNlY3JldA==',
    'in quotes': `"${printed}"`,
    'in single quotes': `'Authorization: ${printed}'`,
    'with blanks around it': `  ${printed}\t `,
    'with a line end': `${printed}\r\n`,
    'broken over lines': 'Basic cmVsdGlv\n  X3VpOnNl\r\nY3JldA==',
    'with several blanks after Basic': 'Basic    cmVsdGlvX3VpOnNlY3JldA==',
    'in the quotes of a word processor': `“${printed}”`,
    'with an invisible character at its end': `${printed}\u200B`,
    'with quotes around the encoded part': 'Basic "cmVsdGlvX3VpOnNlY3JldA=="',
    'as the header of a program': `"Authorization": "${printed}",`,
    'without a colon after the name of the header': `Authorization ${printed}`,
    'with a colon after Basic': 'Basic: cmVsdGlvX3VpOnNlY3JldA==',
    'with no-break spaces': '\u00A0Basic\u00A0cmVsdGlvX3VpOnNlY3JldA==\u00A0',
  };
  for (const [how, text] of Object.entries(pasted)) {
    it(`parses the header ${how}`, () => {
      assert.deepEqual(parseBasicHeader(text), documentedClient);
    });
  }

  const client = { id: 'acme_dev', secret: 'Grüße:2024' };
  const utf8 = Buffer.from('acme_dev:Grüße:2024');
  const bytes = (...parts: (string | number[] | Buffer)[]): string =>
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
    ).toString('base64');
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

  const made: Record<string, string> = {
    'with a UTF-8 byte order mark, as an editor puts it into a file': bytes([0xef, 0xbb, 0xbf], utf8),
    'with a line end, as `echo id:secret | base64` leaves it': bytes(utf8, '\n'),
    'with the line end of Windows': bytes(utf8, '\r\n'),
    'with both': bytes([0xef, 0xbb, 0xbf], utf8, '\r\n'),
  };
  for (const [how, encoded] of Object.entries(made)) {
    it(`parses the header that was made ${how}`, () => {
      assert.deepEqual(parseBasicHeader(`Basic ${encoded}`), client);
      assert.deepEqual(parseBasicHeader(encoded), client);
    });
  }

  const otherEncodings: Record<string, string> = {
    'Latin-1': bytes('acme_dev:Grüße:2024'),
    'Latin-1 with a line end': bytes('acme_dev:Grüße:2024\r\n'),
    'Latin-1, one letter at the end': bytes('acme:caf\xe9'),
    'Windows-1252, with a character that Latin-1 lacks': bytes('acme_dev:50\x80'),
    'code page 850, as the command prompt has it': bytes('acme_dev:Gr\x81\xe1e'),
    "UTF-16, as PowerShell's [Text.Encoding]::Unicode makes it": bytes(utf16('acme_dev:secret')),
    'UTF-16 with letters beyond ASCII': bytes(utf16('acme_dev:Grüße ł')),
    'UTF-16 with a byte order mark and a line end': bytes(utf16('\uFEFFacme_dev:secret\r\n')),
    'UTF-16 of the other byte order': bytes(utf16('acme_dev:secret').swap16()),
    'UTF-16 of the other byte order with its mark': bytes(utf16('\uFEFFacme_dev:secret').swap16()),
  };
  for (const [encoding, encoded] of Object.entries(otherEncodings)) {
    it(`reports that a header is not UTF-8: ${encoding}`, () => {
      assert.equal(parseBasicHeader(`Basic ${encoded}`), 'notUtf8');
      assert.equal(parseBasicHeader(`Authorization: Basic ${encoded}`), 'notUtf8');
    });
  }

  it('never parses a header in Latin-1 or UTF-16 as another client', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-ßäöüéñ'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(letters, fc.constantFrom('latin1' as const, 'utf16le' as const), (text, encoding) => {
        const secret = `plain-text-${text}`;
        const parsed = parseBasicHeader(Buffer.from(`acme_dev:${secret}`, encoding).toString('base64'));
        const isPlain = encoding === 'latin1' && /^[ -~]*$/.test(text);
        assert.deepEqual(parsed, isPlain ? { id: 'acme_dev', secret } : 'notUtf8');
      }),
    );
  });

  it('parses every header that we send', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\p{Cc}\uFFFD\uFEFF]/u.test(text));
    fc.assert(
      fc.property(
        part.filter((id) => !id.includes(':')),
        part,
        (id, secret) => {
          assert.deepEqual(parseBasicHeader(basicHeader({ id, secret })), { id, secret });
        },
      ),
    );
  });

  it('splits at the first colon: a secret may have more', () => {
    assert.deepEqual(parseBasicHeader(basicHeader({ id: 'acme', secret: 'a:b:c' })), { id: 'acme', secret: 'a:b:c' });
  });

  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const garbage: Record<string, string> = {
    nothing: '',
    blanks: ' \n ',
    'the word alone': 'Basic',
    'a bearer token': 'Bearer cmVsdGlvX3VpOnNlY3JldA==',
    'text that is not base64': 'Basic not/base64!',
    'id and secret in plain': 'reltio_ui:secret',
    'base64 that is cut': 'Basic cmVsdGlvX',
    'no colon': base64('reltio_ui secret'),
    'no id': base64(':secret'),
    'no secret': base64('reltio_ui:'),
    'a line end inside': base64('reltio_ui:sec\nret'),
    'a line end and no secret': base64('reltio_ui:\r\n'),
    'a byte order mark and no id': base64('\uFEFF:secret'),
    'a byte order mark alone': base64('\uFEFF'),
    'a mark in the place of a lost letter': base64('reltio_ui:p\uFFFDss'),
    'a zero byte inside': base64('reltio_ui:sec\0ret'),
    'Latin-1 without a colon': Buffer.from('reltio_ui Grüße', 'latin1').toString('base64'),
    'Latin-1 without a secret': Buffer.from('Grüße:', 'latin1').toString('base64'),
    'UTF-16 without a colon': Buffer.from('reltio_ui', 'utf16le').toString('base64'),
    'UTF-16 that is cut': Buffer.from('reltio_ui:secret', 'utf16le').subarray(1).toString('base64'),
    'a picture': 'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO',
    'a key': Buffer.from('a:6f9ad3e1c07be8', 'latin1').fill(0xe7, 3).toString('base64'),
    'bytes that are no text': Buffer.from([0x61, 0x3a, 0xff, 0xfe]).toString('base64'),
    'a user name': 'jane@acme.com',
  };
  for (const [what, text] of Object.entries(garbage)) {
    it(`finds no client in ${what}`, () => {
      assert.equal(parseBasicHeader(text), undefined);
    });
  }

  it('never throws and never returns a client that would break a header or a label', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        const client = parseBasicHeader(text);
        if (typeof client === 'object') {
          assert.ok(client.id !== '' && client.secret !== '' && !/\p{Cc}/u.test(client.id + client.secret));
        }
      }),
    );
  });
});

describe('looksLikeBasicHeader', () => {
  it('recognises a header pasted into another input box', () => {
    for (const text of [printed, `Authorization: ${printed}`, `  "${printed}"`, 'basic x', 'authorization:basic x']) {
      assert.ok(looksLikeBasicHeader(text), text);
    }
  });

  it('does not match client ids and user names', () => {
    for (const text of ['reltio_ui', 'basic', 'basic_client', 'acme basic client', 'jane@acme.com', '', 'Bearer x']) {
      assert.ok(!looksLikeBasicHeader(text), text);
    }
  });
});
