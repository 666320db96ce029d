import assert from 'node:assert/strict';
import { basicHeader } from '../../../src/core/oauth/client';
import { headerIn, takesHeader } from '../../../src/features/signIn/pastedHeader';

const client = { id: 'acme_dev', secret: 'Zk3%abcdefghijklmnopqrstuvwxyz+1' };
const header = basicHeader(client);

describe('a Basic header in the box for the client id', () => {
  const whole: Record<string, string> = {
    'as it is': header,
    'as the line of a request': `Authorization: ${header}`,
    'in quotes and blanks': `  "${header}" `,
    'without the word Basic': header.slice('Basic '.length),
  };
  for (const [how, text] of Object.entries(whole)) {
    it(`is accepted at once: ${how}`, () => {
      assert.equal(takesHeader(text), 'submit');
      assert.deepEqual(headerIn(text), client);
    });
  }

  for (const text of [
    'Basic ',
    'basic YWNt',
    'Authorization',
    'authorization: Ba',
    '“Basic YWNt',
    'id:',
    'acme:s3',
    `x${header}`,
    'a'.repeat(41),
  ]) {
    it(`is hidden while it may become one: ${text}`, () => {
      assert.equal(takesHeader(text), 'secret');
    });
  }

  for (const id of [
    '',
    'acme_dev',
    'basic_client',
    'Basic',
    'authorization_client',
    '8c1e7d2a-27a0-4f0e-9d4b-0f3f5a1c7b2e',
  ]) {
    it(`is not a client id: ${id}`, () => {
      assert.equal(takesHeader(id), 'readable');
      assert.equal(headerIn(id), undefined);
    });
  }

  it('is not seen in a short word that happens to decode', () => {
    const word = Buffer.from('a:b').toString('base64');
    assert.equal(takesHeader(word), 'readable');
    assert.equal(headerIn(word), undefined);
  });

  const latin1 = Buffer.from('acme_dev:Grüße-aus-Köln', 'latin1').toString('base64');

  it('is recognised apart from one that is not UTF-8, which stays hidden', () => {
    for (const text of [`Basic ${latin1}`, `Authorization: Basic ${latin1}`]) {
      assert.equal(takesHeader(text), 'secret');
      assert.equal(headerIn(text), 'notUtf8');
    }
  });

  it('is never seen in a word that does not say Basic and decodes to something that is not UTF-8', () => {
    assert.equal(headerIn(latin1), undefined);
    assert.equal(takesHeader(latin1), 'readable');
  });
});
