import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { parseTokenResponse, type GrantedToken, type OneTimeCodeNeeded } from '../../../src/core/oauth/tokenResponse';

const sampled = {
  access_token: '204938ca-2cf7-44b0-b11a-1b4c59984512',
  token_type: 'bearer',
  refresh_token: '676742af-989b-4d40-b7cc-f69ccadd45ea',
  expires_in: 3599,
  scope: '   configuration_api entities_api graphs_api groups_api interactions_api relations_api',
};
const sixScopes = [
  'configuration_api',
  'entities_api',
  'graphs_api',
  'groups_api',
  'interactions_api',
  'relations_api',
];

function granted(fields: Record<string, unknown>): GrantedToken {
  const parsed = parseTokenResponse({ ...sampled, ...fields });
  assert.ok(parsed?.kind === 'granted', 'a token was expected');
  return parsed;
}

function codeNeeded(json: Record<string, unknown>): OneTimeCodeNeeded {
  const parsed = parseTokenResponse(json);
  assert.ok(parsed?.kind === 'oneTimeCodeNeeded', 'a state token was expected');
  return parsed;
}

describe('parseTokenResponse', () => {
  it("parses the answer of Reltio's sample, with leading spaces in the scope", () => {
    assert.deepEqual(granted({}), {
      kind: 'granted',
      accessToken: sampled.access_token,
      refreshToken: sampled.refresh_token,
      expiresIn: 3599,
      expiryIsEstimate: false,
      scopes: sixScopes,
    });
  });

  it("parses the types of Reltio's table: a string for the expiry, an array of scopes, an entityURI", () => {
    const documented = { token_type: 'Bearer', expires_in: '3599', scope: sixScopes, entityURI: 'entities/1x2y3z' };
    assert.deepEqual(granted(documented), granted({}));
  });

  it('uses the time left, not an hour', () => {
    assert.equal(granted({ expires_in: 1887 }).expiresIn, 1887);
    assert.equal(granted({ expires_in: ' 1887 ' }).expiresIn, 1887);
  });

  describe('expires_in', () => {
    for (const unreadable of [
      undefined,
      null,
      '',
      '  ',
      'soon',
      '3600s',
      'NaN',
      NaN,
      Infinity,
      '1e999',
      true,
      [60],
      {},
    ]) {
      it(`counts as an estimated hour when it is ${inspect(unreadable)}`, () => {
        const token = granted({ expires_in: unreadable });
        assert.deepEqual([token.expiresIn, token.expiryIsEstimate], [3600, true]);
      });
    }

    it('counts as an estimated hour when the field is left out', () => {
      const { expires_in: _left, ...rest } = sampled;
      const token = parseTokenResponse(rest);
      assert.ok(token?.kind === 'granted');
      assert.deepEqual([token.expiresIn, token.expiryIsEstimate], [3600, true]);
    });

    it('is zero when it is zero or negative', () => {
      for (const none of [0, '0', -1, '-3600', -0, Number.MIN_SAFE_INTEGER]) {
        const token = granted({ expires_in: none });
        assert.ok(token.expiresIn === 0 && !token.expiryIsEstimate, String(none));
      }
    });

    it('is limited to what a date can hold when it is huge', () => {
      for (const huge of [Number.MAX_VALUE, '99999999999999999999', Number.MAX_SAFE_INTEGER]) {
        const { expiresIn } = granted({ expires_in: huge });
        assert.ok(!Number.isNaN(new Date(Date.now() + expiresIn * 1000).getTime()), String(huge));
        assert.ok(expiresIn > 24 * 3600);
      }
    });

    it('is never negative, never infinite and never more than the server stated, whatever is sent', () => {
      fc.assert(
        fc.property(fc.anything(), (value) => {
          const { expiresIn, expiryIsEstimate } = granted({ expires_in: value });
          assert.ok(Number.isFinite(expiresIn) && expiresIn >= 0);
          if (typeof value === 'number' && value > 0 && !expiryIsEstimate) {
            assert.ok(expiresIn <= value);
          }
        }),
      );
    });
  });

  describe('scope', () => {
    it('parses arrays, strings and mixtures, in their order, each scope once', () => {
      assert.deepEqual(granted({ scope: ['b', 'a', 'b'] }).scopes, ['b', 'a']);
      assert.deepEqual(granted({ scope: ['b a', ' c '] }).scopes, ['b', 'a', 'c']);
      assert.deepEqual(granted({ scope: 'b,a  c\n' }).scopes, ['b', 'a', 'c']);
      assert.deepEqual(granted({ scope: ['a', 7, null, 'b'] }).scopes, ['a', 'b']);
    });

    it('is unknown when the server does not say', () => {
      for (const nothing of [undefined, null, '', '   ', [], [''], 7, {}]) {
        assert.equal(granted({ scope: nothing }).scopes, undefined, JSON.stringify(nothing));
      }
    });
  });

  describe('tokens', () => {
    it('may be opaque and of several KB, with every character that a header may have', () => {
      const long = `s.${'aB3-_~+/=.!'.repeat(1500)}`;
      assert.equal(granted({ access_token: long }).accessToken, long);
      assert.equal(granted({ refresh_token: long }).refreshToken, long);
    });

    for (const bad of [
      'two words',
      'line\nend',
      'trailing\r\n',
      ' leading',
      'tab\there',
      '',
      'null\u0000',
      'grüße',
      7,
      {},
      ['x'],
    ]) {
      it(`accepts no token ${JSON.stringify(bad)}`, () => {
        assert.equal(parseTokenResponse({ ...sampled, access_token: bad }), undefined);
      });
    }

    for (const bad of ['line\nend', 'trailing\r\n', 'tab\there', '', ' ', '   ', 'null\u0000', 'grüße', 7, {}, ['x']]) {
      it(`accepts no refresh token and no state token ${JSON.stringify(bad)}`, () => {
        assert.equal(granted({ refresh_token: bad }).refreshToken, undefined);
        assert.equal(parseTokenResponse({ state_token: { token: bad } }), undefined);
      });
    }

    for (const good of ['two words', ' leading', 'trailing ', '~!"#$%&\'()*+,-./']) {
      it(`keeps ${JSON.stringify(good)} unchanged when it is sent in a form`, () => {
        assert.equal(granted({ refresh_token: good }).refreshToken, good);
        assert.equal(codeNeeded({ state_token: { token: good } }).stateToken, good);
        assert.equal(codeNeeded({ state_token: good }).stateToken, good);
      });
    }

    it('has no refresh token when the server sends none', () => {
      assert.equal(granted({ refresh_token: undefined }).refreshToken, undefined);
      assert.equal(granted({ refresh_token: null }).refreshToken, undefined);
    });

    it('are accepted with any spelling of bearer, without a type, and with no other type', () => {
      for (const type of ['bearer', 'Bearer', 'BEARER', ' bearer ', undefined, null]) {
        assert.equal(granted({ token_type: type }).accessToken, sampled.access_token);
      }
      for (const type of ['mac', 'DPoP', '', 7, {}]) {
        assert.equal(parseTokenResponse({ ...sampled, token_type: type }), undefined, JSON.stringify(type));
      }
    });
  });

  describe('state_token', () => {
    const printed = {
      expires_in: 599,
      state_token: {
        mfaType: 'AUTHENTICATOR',
        expires_in: '600',
        status: 'ENROLL',
        token: '5e7b1e0c-6d5f-4d0f-8c5e-0c6f5d1b7a11',
      },
    };

    it("is parsed from the answer on Reltio's page, with the state's own expiry", () => {
      assert.deepEqual(codeNeeded(printed), {
        kind: 'oneTimeCodeNeeded',
        stateToken: printed.state_token.token,
        expiresIn: 600,
        deliveredBy: 'authenticator',
      });
    });

    it('says where the code comes from, whatever the type and status are', () => {
      const by = (mfaType: unknown, status: unknown = 'ENROLL') =>
        codeNeeded({ ...printed, state_token: { ...printed.state_token, mfaType, status } }).deliveredBy;
      assert.equal(by('EMAIL'), 'email');
      assert.equal(by('email'), 'email');
      assert.equal(by('SMS', 'VERIFY'), 'other');
      assert.equal(by(undefined, undefined), 'other');
      assert.equal(by(7, 7), 'other');
    });

    it('expires after the inner number, else the outer one, else ten minutes', () => {
      const life = (inner: unknown, outer: unknown) =>
        codeNeeded({ expires_in: outer, state_token: { ...printed.state_token, expires_in: inner } }).expiresIn;
      assert.equal(life(300, 599), 300);
      assert.equal(life(undefined, 599), 599);
      assert.equal(life('soon', '599'), 599);
      assert.equal(life(null, null), 600);
    });

    it('is parsed when the access token is empty', () => {
      for (const access_token of [undefined, null, '']) {
        assert.equal(codeNeeded({ ...printed, access_token }).stateToken, printed.state_token.token);
      }
    });

    it('does not replace an access token that cannot be used', () => {
      for (const access_token of [' ', 'two words', 7, {}, false]) {
        assert.equal(parseTokenResponse({ ...printed, access_token }), undefined);
      }
    });

    it('may be a plain string', () => {
      assert.equal(codeNeeded({ state_token: 'abc', expires_in: 60 }).stateToken, 'abc');
    });

    it('does not replace an existing access token', () => {
      assert.equal(granted({ state_token: printed.state_token }).accessToken, sampled.access_token);
    });

    it('is undefined without its string', () => {
      for (const state of [undefined, null, {}, [], { token: '' }, { token: 'a\nb' }, { token: 7 }]) {
        assert.equal(parseTokenResponse({ expires_in: 599, state_token: state }), undefined, JSON.stringify(state));
      }
    });
  });

  it('never throws and never invents a token, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (json) => {
        const { access_token: _access, state_token: _state, ...rest } = json;
        assert.equal(parseTokenResponse(rest), undefined);
      }),
    );
  });
});
