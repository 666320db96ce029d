import assert from 'node:assert/strict';
import fc from 'fast-check';
import { basicHeader, documentedClient, looksLikeBasicHeader, parseBasicHeader } from '../../src/oauth/client';

/** As Reltio's own pages print it. */
const printed = 'Basic cmVsdGlvX3VpOnNlY3JldA==';

describe('basicHeader', () => {
  it('is byte for byte what Reltio prints for its documented client', () => {
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
    'with no-break spaces': '\u00A0Basic\u00A0cmVsdGlvX3VpOnNlY3JldA==\u00A0',
  };
  for (const [how, text] of Object.entries(pasted)) {
    it(`reads the header ${how}`, () => {
      assert.deepEqual(parseBasicHeader(text), documentedClient);
    });
  }

  it('reads back every header that we send', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\p{Cc}\uFFFD]/u.test(text));
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
    'bytes that are no text': Buffer.from([0x61, 0x3a, 0xff, 0xfe]).toString('base64'),
    'a user name': 'jane@acme.com',
  };
  for (const [what, text] of Object.entries(garbage)) {
    it(`makes no client of ${what}`, () => {
      assert.equal(parseBasicHeader(text), undefined);
    });
  }

  it('never throws and never gives a client that would break a header or a label', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        const client = parseBasicHeader(text);
        if (client !== undefined) {
          assert.ok(client.id !== '' && client.secret !== '' && !/\p{Cc}/u.test(client.id + client.secret));
        }
      }),
    );
  });
});

describe('looksLikeBasicHeader', () => {
  it('recognises a header pasted into another box', () => {
    for (const text of [printed, `Authorization: ${printed}`, `  "${printed}"`, 'basic x', 'authorization:basic x']) {
      assert.ok(looksLikeBasicHeader(text), text);
    }
  });

  it('leaves client ids and user names alone', () => {
    for (const text of ['reltio_ui', 'basic', 'basic_client', 'acme basic client', 'jane@acme.com', '', 'Bearer x']) {
      assert.ok(!looksLikeBasicHeader(text), text);
    }
  });
});
