import assert from 'node:assert/strict';
import { manifest } from '../../../scripts/l10n/manifest';
import {
  failed,
  forwardedMethods,
  productionNotAllowed,
  refusal,
  tokenNotAllowed,
  unexpected,
  unknownEnvironment,
  type FixedRefusalCode,
  type Refusal,
} from '../../../src/core/localProxy/refusal';

const statusOf: Readonly<Record<FixedRefusalCode, number>> = {
  key: 401,
  authorization: 401,
  host: 403,
  origin: 403,
  target: 400,
  absoluteTarget: 400,
  method: 405,
  connect: 405,
  upgrade: 400,
  expectation: 417,
  noOAuth: 404,
  badRequest: 400,
  headersTooLarge: 431,
  requestTimeout: 408,
  stopping: 503,
};
const fixed = (Object.keys(statusOf) as FixedRefusalCode[]).map(refusal);
const all: readonly Refusal[] = [
  ...fixed,
  unknownEnvironment('dev, test'),
  unknownEnvironment(''),
  productionNotAllowed('prod', 'DELETE'),
  tokenNotAllowed('api.acme.com'),
  unexpected,
];

describe('the refusals of the local proxy', () => {
  it('have the status of their kind, and never that of a proxy that asks for a password', () => {
    for (const { code, status } of fixed) assert.equal(status, statusOf[code as FixedRefusalCode]);
    assert.deepEqual(
      all.slice(fixed.length).map(({ status }) => status),
      [404, 404, 403, 403, 502],
    );
    assert.equal(failed('notSignedIn', 'signedOut', 'x').status, 503);
    assert.equal(failed('upstream', 'dns', 'x').status, 502);
  });

  it('say what happened and what to do, in a line of at most two sentences', () => {
    for (const { code, sentence } of all) {
      assert.match(sentence, /^[A-Z][^\r\n]*[.]$/, code);
      assert.ok(sentence.split(/[.] (?=[A-Z])/).length <= 2 && sentence.length <= 240, `${code}: ${sentence}`);
    }
    assert.equal(
      new Set(all.map(({ sentence }) => sentence)).size,
      all.length - 1,
      'CONNECT and an absolute address alike',
    );
  });

  it('name commands by their titles', () => {
    const titles = manifest().contributes.commands.map(({ title }) => title);
    for (const { sentence } of all) {
      for (const [, title] of sentence.matchAll(/"Reltio: ([^"]+)"/g)) {
        assert.ok(title !== undefined && titles.includes(title), title);
      }
    }
  });

  it('name what only the request knows', () => {
    assert.match(unknownEnvironment('dev, test').sentence, /: dev, test\.$/);
    assert.match(
      productionNotAllowed('prod', 'DELETE').sentence,
      /^DELETE was not allowed in prod, a production environment\./,
    );
    assert.match(tokenNotAllowed('api.acme.com').sentence, /^A token for api\.acme\.com /);
    assert.deepEqual(refusal('method').headers, { Allow: forwardedMethods.join(', ') });
    assert.deepEqual(refusal('key').headers, { 'WWW-Authenticate': 'Bearer' });
  });
});
