import assert from 'node:assert/strict';
import { clientFromHeader, clientFromSecret, clientIdFrom } from '../../../src/features/signIn/enteredClient';
import type { Submitted } from '../../../src/editor/prompt/prompt';

const client = { id: 'acme_dev', secret: 'Grüße-aus-Köln' };
const encoded = (encoding: BufferEncoding): string =>
  Buffer.from(`${client.id}:${client.secret}`, encoding).toString('base64');
const utf8 = `Basic ${encoded('utf8')}`;
const others = { 'Latin-1': `Basic ${encoded('latin1')}`, 'UTF-16': `Basic ${encoded('utf16le')}` };

function refusal(submitted: Submitted<unknown>): string {
  assert.equal(submitted.kind, 'refused');
  return submitted.kind === 'refused' ? submitted.sentence : '';
}

describe('what is entered for a client', () => {
  it('is read from a Basic header in UTF-8, in each box', () => {
    const accepted = { kind: 'accepted', value: client };
    assert.deepEqual(clientFromHeader(utf8), accepted);
    assert.deepEqual(clientIdFrom(utf8), accepted);
    assert.deepEqual(clientFromSecret('acme_dev', utf8), accepted);
  });

  for (const [encoding, header] of Object.entries(others)) {
    it(`says that a header in ${encoding} is not UTF-8, and what to do in this box`, () => {
      const why = 'This Basic header cannot be read: the text in it is not encoded in UTF-8.';
      assert.equal(
        refusal(clientFromHeader(header)),
        `${why} Use the button "Enter client id and secret instead" above.`,
      );
      assert.equal(refusal(clientIdFrom(header)), `${why} Enter the client id alone; its secret comes next.`);
      assert.equal(refusal(clientFromSecret('acme_dev', header)), `${why} Enter the secret of acme_dev alone.`);
    });

    it(`shows nothing of a header in ${encoding}`, () => {
      for (const submitted of [clientFromHeader(header), clientIdFrom(header), clientFromSecret('x', header)]) {
        assert.doesNotMatch(refusal(submitted), /Gr|ln|acme_dev/);
      }
    });
  }

  it('still asks to paste the whole header if the text is not one', () => {
    for (const text of ['hello', '', 'Basic', 'Basic ***', 'Basic bm9Db2xvbg==']) {
      assert.match(refusal(clientFromHeader(text)), /^This is not a Basic header\. Paste all of it/, text);
    }
    assert.match(refusal(clientIdFrom('Basic bm9Db2xvbg==')), /^This is not a Basic header\./);
    assert.match(refusal(clientFromSecret('acme_dev', 'Basic bm9Db2xvbg==')), /is not one for client acme_dev\./);
  });

  it('is a plain id or a plain secret if it does not say Basic', () => {
    const word = encoded('latin1');
    assert.deepEqual(clientIdFrom(word), { kind: 'accepted', value: word });
    assert.deepEqual(clientFromSecret('acme_dev', word), { kind: 'accepted', value: { id: 'acme_dev', secret: word } });
  });

  it('loses what copying adds around it, which nobody sees in the box', () => {
    for (const id of ['acme_dev\u200B', '"acme_dev"', 'acme_dev,', ' acme_dev\u00A0']) {
      assert.deepEqual(clientIdFrom(id), { kind: 'accepted', value: 'acme_dev' }, id);
    }
    for (const secret of ['s3cret\u200B', '\uFEFFs3cret', ' s3cret\u00A0']) {
      assert.deepEqual(clientFromSecret('acme_dev', secret), {
        kind: 'accepted',
        value: { id: 'acme_dev', secret: 's3cret' },
      });
    }
  });

  it('keeps every character of a secret', () => {
    for (const secret of ['a+b%2Fc:d', '"quoted"', "it's", 'a b', 'pä€', 'x=', 'a,;)', 'client_secret=x']) {
      assert.deepEqual(clientFromSecret('acme_dev', secret), { kind: 'accepted', value: { id: 'acme_dev', secret } });
    }
  });

  it('is cleared from the readable box if a secret follows the id', () => {
    const submitted = clientIdFrom('acme_dev:s3cret');
    assert.ok(submitted.kind === 'refused' && submitted.clear === true);
    assert.equal(submitted.sentence, 'Enter the client id alone, without a colon. Its secret comes next.');
  });
});
