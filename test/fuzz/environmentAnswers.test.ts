import '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFailure } from '../../src/core/base/failure';
import { tenantName, tenants } from '../../src/core/dataApi/environmentCalls';
import { isTenantId } from '../../src/core/dataApi/tenant';
import { checkToken } from '../../src/core/oauth/checkToken';
import { tokenContent, type TokenContent } from '../../src/core/oauth/tokenContent';
import { answerFindings } from '../../src/features/diagnosis/answerFindings';
import { readConstraint, type Constraint } from '../../src/features/provider/challenges';
import { whoAmIText } from '../../src/features/whoAmI/whoAmIText';
import { CannedHttp, noSignal } from '../fakes/cannedHttp';
import { FakeClock, monday } from '../fakes/fakeClock';
import { sampleEnvironment } from '../fakes/sampleEnvironment';
import { sampleSession } from '../fakes/sampleSession';
import { fuzz } from './fuzz';
import { canary } from './hostile';
import { mutated, mutatedString, mutatedText } from './mutations';

const url = 'https://dev.reltio.com';
const list = [
  { tenantId: 'AcmeDev01', tenantName: 'Acme [Dev](command:x)', customerName: 'ACME' },
  { tenantId: 'AcmeDev02' },
  'AcmeDev03',
];
const verdict = { active: true, username: 'jane', userPermissions: { roles: { ROLE_API: ['AcmeDev01'] } } };

function assertBlocks(text: string): void {
  assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202e\u2028]/u);
  for (const line of text.split('\n').filter((one) => /command:|evil\.example|<a /.test(one))) {
    assert.match(line, /^ {4}/, 'what comes from outside stands in a block: no link, no image');
  }
}

describe('hostile answers of an environment', () => {
  const clock = new FakeClock();
  const http = (status: number, body: string): CannedHttp =>
    new CannedHttp({ kind: 'response', status, headers: {}, body });
  const status = fc.constantFrom(200, 200, 200, 401, 500);

  fuzz(
    'tenants, roles and what the token says, as Who Am I shows them',
    fc.tuple(status, mutatedText(list), mutatedText(verdict), mutated({ u: 'jane', t: ['ACME'], aurl: url })),
    async ([code, body, checked, said]) => {
      const outcome = async <T>(work: Promise<T>): Promise<T | Error> => work.catch((error: unknown) => error as Error);
      const found = await outcome(tenants({ http: http(code, body), clock }, url, 'a0', noSignal));
      const check = await outcome(
        checkToken(http(200, checked), 'https://auth.reltio.com', { id: 'c', secret: 's' }, 'a0', noSignal, monday),
      );
      assert.ok([found, check].every((one) => !(one instanceof Error) || isFailure(one)));
      if (!(found instanceof Error)) assert.ok(found.every(({ id }) => isTenantId(id)));
      const content = contentOf(said);
      const text = whoAmIText({
        session: sampleSession(),
        askedAt: monday,
        check: check as Exclude<typeof check, Error>,
        environment: { is: sampleEnvironment('dev'), tenants: found as Exclude<typeof found, Error> },
        content,
      });
      assertBlocks(text);
      return found instanceof Error ? 'refused' : 'accepted';
    },
    { oneIn: 25 },
  );

  fuzz(
    'what Diagnose Sign-In makes of an answer',
    fc.tuple(
      fc.constantFrom(200, 302, 400, 401, 500),
      mutatedText({ error: 'unauthorized', error_description: canary }),
      mutatedString('Mon, 05 Oct 2026 08:00:00 GMT', '9'.repeat(300)),
    ),
    async ([code, body, date]) => {
      const answer = { kind: 'response', status: code, headers: { date }, body } as const;
      const found = await answerFindings(new CannedHttp(answer), 'https://auth.reltio.com', clock, noSignal);
      const said = JSON.stringify(found);
      assert.ok(!said.includes(canary) && !/NaN|Infinity|undefined/.test(said), said);
      return found[0]?.state === 'ok' ? 'accepted' : 'refused';
    },
    { least: [0.01, 0.1], oneIn: 2 },
  );

  fuzz(
    'the name of a tenant',
    fc.tuple(status, mutatedText({ value: 'Acme Dev' }, { error: canary })),
    async ([code, body]) => {
      try {
        const name = await tenantName({ http: http(code, body), clock }, url, 'AcmeDev01', 'a0', noSignal);
        assert.ok(name.trim() === name && name !== '');
        return 'accepted';
      } catch (error) {
        assert.ok(isFailure(error) && !error.message.includes(canary), String(error));
        return 'refused';
      }
    },
    { oneIn: 2 },
  );

  const packed = (text: string): string => Buffer.from(text).toString('base64url');
  fuzz(
    'a token that says something of itself',
    fc.oneof(
      mutatedText({ u: 'jane', t: ['ACME', 'x'], aurl: 'https://auth.reltio.com' }).map(
        (json) => `s.${packed(json)}.x`,
      ),
      mutatedString(`s.${packed('{"u":"jane"}')}.x`, 'e2db1a57-d21e-4b2c-a8f6-2c0a5bcb2b1d'),
    ),
    (token) => {
      const content = tokenContent(token, (bytes) => bytes);
      if (typeof content === 'string') return 'refused';
      const texts = [content.user, ...content.tenants, content.issuer].filter((one) => one !== undefined);
      assert.ok(texts.every((one) => typeof one === 'string' && one.trim() === one && one !== ''));
      return 'accepted';
    },
  );

  const challenge = { scheme: 'Bearer', params: { error: 'insufficient_scope', scope: 'entities_api other' } };
  fuzz(
    'a challenge, as VS Code passes it on',
    fc.tuple(
      fc.constantFrom('Bearer', 'bearer', 'Basic'),
      fc.dictionary(
        mutatedString('error', 'Scope', 'realm', '__proto__'),
        mutatedString('insufficient_scope', 'invalid_token', 'entities_api RELTIO_ENVIRONMENT:live', 'x'.repeat(3_000)),
        { maxKeys: 4, noNullPrototype: true },
      ),
      fc.option(fc.array(mutatedString('entities_api', 'RELTIO_ENVIRONMENT:dev'), { maxLength: 2 })),
    ),
    ([scheme, params, fallbackScopes]) => {
      const constraint: Constraint = {
        challenges: [{ scheme, params }, challenge],
        ...(fallbackScopes === null ? {} : { fallbackScopes }),
      };
      const { scopes, entry } = readConstraint(constraint, {
        report: () => Promise.reject(new Error('not asked')),
        clock,
      });
      const own = fallbackScopes ?? [];
      assert.deepEqual(scopes.slice(0, own.length), own, 'what the extension asks for is never lost');
      const demanded = scopes.slice(own.length);
      assert.ok(
        demanded.every((one) => one !== '' && !one.startsWith('RELTIO_ENVIRONMENT:')),
        demanded.join(),
      );
      assert.equal(new Set(demanded).size, demanded.length);
      return entry === undefined ? 'refused' : 'accepted';
    },
    { least: [0.1, 0.01] },
  );
});

function contentOf(value: unknown): TokenContent | 'opaque' {
  const said = `s.${Buffer.from(JSON.stringify(value) ?? '').toString('base64url')}.x`;
  const content = tokenContent(said, (bytes) => bytes);
  return typeof content === 'string' ? 'opaque' : content;
}
