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
    ['with an invisible character at its end', `${uuid}\u200B`],
    ['with invisible characters that let a page break it', `${uuid.slice(0, 10)}\u00AD${uuid.slice(10)}`],
    ['in the quotes of a word processor', `“${uuid}”`],
    ['in angle brackets', `<${uuid}>`],
    ['with the comma of a list', `"${uuid}",`],
    ['as the header of a program', `"Authorization": "Bearer ${uuid}",`],
    ['with an equals sign after the name of its header', `Authorization=Bearer ${uuid}`],
    ['without a colon after the name of its header', `authorization bearer ${uuid}`],
    ['with "Bearer" twice', `Bearer Bearer ${uuid}`],
    ['with a colon after "Bearer"', `Bearer: ${uuid}`],
    ['as a variable', `RELTIO_TOKEN=${uuid}`],
    ['as a variable in quotes', `RELTIO_ACCESS_TOKEN="${uuid}"`],
    ['as a field', `access_token: ${uuid}`],
    ['as a field of JSON', `"access_token": "${uuid}",`],
    ['as a parameter', `access_token=${uuid}`],
    ['after the word "token"', `token ${uuid}`],
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
    ['only "Bearer"', 'Bearer', 'Paste an access token.'],
    ['only the name of a variable', 'RELTIO_TOKEN=', 'Paste an access token.'],
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
    ['another variable', `RELTIO=${uuid}`, other],
    ['two fields', `access_token=${uuid}&expires_in=3599`, other],
    ['a refresh token', `"refresh_token": "${uuid}"`, other],
    ['a field of another name', `refresh=${uuid}`, other],
    ['a control character', `${uuid}\u0000`, other],
    ['a book', 'a'.repeat(65_537), 'This is too long for an access token. Paste the whole token and nothing else.'],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.deepEqual(tokenIn(text), { kind: 'refused', sentence, clear: true });
    });
  }

  it('is read at once, however it is made', () => {
    const started = performance.now();
    for (const part of ['token', 'token=', 'a-token-', '=', '.', '" ', 'a']) {
      tokenIn(part.repeat(200_000));
      tokenIn(`${part.repeat(200_000)}!`);
    }
    assert.ok(performance.now() - started < 3_000);
  });

  it('is not repeated in a sentence', () => {
    for (const text of ['secret!secret!secret!secret!', 'secret']) {
      const submitted = tokenIn(text);
      assert.ok(submitted.kind === 'refused' && !submitted.sentence.includes('secret'));
    }
  });
});
