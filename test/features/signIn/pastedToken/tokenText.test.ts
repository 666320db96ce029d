import assert from 'node:assert/strict';
import { tokenIn } from '../../../../src/features/signIn/pastedToken/tokenText';

const uuid = '6f9619ff-8b86-d011-b42d-00cf4fc964ff';

describe('a pasted token', () => {
  for (const [how, text] of [
    ['alone', uuid],
    ['with blanks and line breaks around it', ` \t\r\n${uuid}\n `],
    ['with "Bearer"', `Bearer ${uuid}`],
    ['with "bearer" and many blanks', `bearer   ${uuid}`],
    ['with the name of its header', `Authorization: Bearer ${uuid}`],
    ['as the argument of curl', `"Authorization: Bearer ${uuid}"`],
    ['in quotes', `"${uuid}"`],
    ['with quotes inside the header', `Bearer '${uuid}'`],
    ['in backticks', `\`${uuid}\``],
    ['with a byte order mark', `\uFEFF${uuid}`],
    ['wrapped by a terminal', `${uuid.slice(0, 10)}\n   ${uuid.slice(10, 20)}   ${uuid.slice(20)}`],
  ] as const) {
    it(`is read ${how}`, () => {
      assert.deepEqual(tokenIn(text), { kind: 'accepted', value: uuid });
    });
  }

  it('may be of several KB, with every character that a token can have', () => {
    const long = `s.${'aZ09-_~+/'.repeat(700)}==.${'x'.repeat(43)}=`;
    assert.deepEqual(tokenIn(`Bearer ${long}`), { kind: 'accepted', value: long });
  });

  const other = 'This is not an access token: it has characters that no token has. Paste the token and nothing else.';
  for (const [what, text, sentence] of [
    ['nothing', '', 'Paste an access token.'],
    ['blanks', '  \n', 'Paste an access token.'],
    ['only "Bearer" in quotes', '"Bearer "', 'Paste an access token.'],
    ['only "Bearer"', 'Bearer', 'This is too short for an access token. Paste the whole token and nothing else.'],
    [
      'a Basic header',
      `Basic ${Buffer.from('reltio_ui:secret').toString('base64')}`,
      'This is a Basic header: a client id and secret, not a token. Paste an access token.',
    ],
    [
      'a short password',
      'hunter2hunter2',
      'This is too short for an access token. Paste the whole token and nothing else.',
    ],
    ['a password with a character that no token has', 'correct horse battery staple!', other],
    ['an address', 'https://dev.reltio.com/ui/abc123', other],
    ['the whole answer of the server', `{"access_token":"${uuid}","expires_in":3599}`, other],
    ['a text in another script', `токен${uuid}`, other],
    ['an invisible character', `${uuid}\u200B`, other],
    ['a control character', `${uuid}\u0000`, other],
    ['a book', 'a'.repeat(65_537), 'This is too long for an access token. Paste the whole token and nothing else.'],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.deepEqual(tokenIn(text), { kind: 'refused', sentence, clear: true });
    });
  }

  it('is not repeated in a sentence', () => {
    for (const text of ['secret!secret!secret!secret!', 'secret']) {
      const submitted = tokenIn(text);
      assert.ok(submitted.kind === 'refused' && !submitted.sentence.includes('secret'));
    }
  });
});
