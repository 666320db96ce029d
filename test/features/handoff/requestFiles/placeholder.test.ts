import assert from 'node:assert/strict';
import { placeholder, placeOfToken, variables } from '../../../../src/features/handoff/requestFiles/placeholder';

const url = 'https://dev.reltio.com/reltio/api/AcmeDev01/entities';

describe('the placeholder of a token', () => {
  it('is the same in a URL, in JSON and in a header, so that it is found there', () => {
    assert.equal(new URL(`https://a/${placeholder}?${placeholder}`).href, `https://a/${placeholder}?${placeholder}`);
    assert.equal(encodeURIComponent(placeholder), placeholder);
    assert.equal(JSON.stringify(placeholder), `"${placeholder}"`);
  });

  for (const [what, headers] of Object.entries({
    'the variable of the header': { Authorization: variables.reltioAuthorization },
    'the variable of the token': { authorization: `Bearer ${variables.reltioToken}` },
    'another case, and more spaces': { AUTHORIZATION: ` bearer  ${placeholder} ` },
    'a list of one': { Authorization: [variables.reltioAuthorization] },
  })) {
    it(`is found as bearer: ${what}`, () => {
      assert.equal(placeOfToken({ url, headers: { Accept: '*/*', ...headers } }), 'bearer');
    });
  }

  it('is not found in a request that has nothing to do with it', () => {
    assert.equal(placeOfToken({ url }), 'nowhere');
    assert.equal(placeOfToken({ url, headers: { Authorization: 'Bearer x' }, body: '{}' }), 'nowhere');
  });

  for (const [what, request] of Object.entries({
    'in the URL': { url: `${url}?access_token=${placeholder}` },
    'in the body': { url, body: `token=${placeholder}` },
    'in a body of bytes': { url, body: Buffer.from(placeholder) },
    'in a body of several parts': { url, body: ['a', Buffer.from(placeholder)] },
    'in another header': { url, headers: { Cookie: `t=${placeholder}` } },
    'in the name of a header': { url, headers: { [placeholder]: 'x' } },
    'with another scheme': { url, headers: { Authorization: `Basic ${placeholder}` } },
    'beside another value': { url, headers: { Authorization: [variables.reltioAuthorization, 'Bearer x'] } },
    'in two headers': {
      url,
      headers: { Authorization: `Bearer ${placeholder}`, authorization: `Bearer ${placeholder}` },
    },
    'as bearer, and in the URL': { url: `${url}/${placeholder}`, headers: { Authorization: `Bearer ${placeholder}` } },
    'with more text': { url, headers: { Authorization: `Bearer ${placeholder}x` } },
  })) {
    it(`is found elsewhere: ${what}`, () => {
      assert.equal(placeOfToken(request), 'elsewhere');
    });
  }

  it('is looked for in a request that refers to itself', () => {
    const options: Record<string, unknown> = {};
    options['self'] = options;
    assert.equal(placeOfToken({ url, headers: { options } }), 'nowhere');
  });
});
