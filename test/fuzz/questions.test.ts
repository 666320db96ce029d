import '../fakes/fakeVscode';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kindOf } from '../../src/core/dataApi/failedCall';
import { explain } from '../../src/features/api/answers';
import { fakeHost } from '../fakes/fakeHost';
import { personalSettings } from '../fakes/fakeVscode';
import { Installation } from '../fakes/installation';
import { fuzz } from './fuzz';
import { canary } from './hostile';
import { mutated, mutatedText } from './mutations';

const kinds: readonly string[] = Object.values(kindOf);
const bodies = [
  { error: 'invalid_token', error_description: `Invalid access token: ${canary}` },
  {
    severity: 'Error',
    errorMessage: canary,
    errorCode: 804,
    errorDetailMessage: canary,
    innerErrorData: { a: canary },
  },
  { status: 'failed', error: { errorCode: 10005, errorMessage: canary } },
  [{ error: canary, message: `Tenant ${canary} not configured` }],
];
const questions = bodies.map((body, index) => ({
  status: [401, 403, 404, 500][index],
  body,
  headers: { 'www-authenticate': `Bearer error="${canary}"`, 'retry-after': '7', authorization: `Bearer ${canary}` },
  url: `https://${index === 0 ? canary : 'dev'}.example/reltio/api/${canary}/entities?token=${canary}#${canary}`,
  environment: index === 1 ? 'dev' : canary,
  account: { id: canary, label: canary },
  code: canary,
}));

describe('hostile questions about failed calls', () => {
  const installation = new Installation().alone();
  const core = installation.openCore();
  const host = fakeHost(core);
  before(() => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com', tenant: 'AcmeDev01' },
    ]);
  });
  after(() => {
    personalSettings.clear();
  });

  fuzz(
    'of another extension',
    fc.tuple(mutated(...questions), fc.option(mutatedText(...bodies))),
    async ([question, text]) => {
      const asked = text === null || typeof question !== 'object' ? question : { ...question, body: text };
      const answer = await explain(core.real, host, asked);
      assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
      assert.ok(kinds.includes(answer.kind));
      assert.ok(!JSON.stringify(answer).toLowerCase().includes(canary.toLowerCase()), 'quotes nothing of the question');
      assert.ok(JSON.stringify(answer).length < 1_000);
      assert.deepEqual(installation.http.requests, []);
      return answer.kind === 'unknown' ? 'refused' : 'accepted';
    },
    { least: [0.5, 0.01], oneIn: 4 },
  );
});
