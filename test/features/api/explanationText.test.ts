import assert from 'node:assert/strict';
import { kindOf, type FailureCause } from '../../../src/core/dataApi/failedCall';
import { explanationText } from '../../../src/features/api/explanationText';
import type { About } from '../../../src/features/api/explanationWords';

const causes = Object.keys(kindOf) as FailureCause[];
const nothing: About = {
  status: undefined,
  retryAfterMs: undefined,
  host: undefined,
  issuer: undefined,
  environment: undefined,
};
const everything: About = {
  status: 403,
  retryAfterMs: 5_000,
  host: 'dev.reltio.com',
  issuer: 'auth.reltio.com',
  environment: { name: 'prod', host: 'prod.reltio.com', identityServer: 'auth-eu.reltio.com' },
};

describe('the sentences about a failed call', () => {
  it('are whole, and different for each cause', () => {
    for (const about of [nothing, everything]) {
      const texts = causes.map((cause) => explanationText(cause, about));
      for (const { message, nextStep = 'None.' } of texts) {
        assert.match(message, /^[A-Z\d.].*[^.]\.$/i);
        assert.match(nextStep, /^[A-Z].*[^.]\.$/);
        assert.doesNotMatch(message + nextStep, /undefined|NaN| {2}|\.\.|!|\bplease\b/);
      }
      assert.equal(new Set(texts.map(({ message }) => message)).size, causes.length);
    }
  });

  it('say what to do, unless there is nothing to do', () => {
    const silent = causes.filter((cause) => explanationText(cause, nothing).nextStep === undefined);
    assert.deepEqual(silent, ['notFailed']);
  });

  it('name the status, if there is one', () => {
    const answered = causes.filter((cause) => !['noConnection', 'certificate', 'hostNotFound'].includes(cause));
    for (const cause of answered) {
      assert.match(explanationText(cause, everything).message, / \(HTTP 403\)/, cause);
      assert.doesNotMatch(explanationText(cause, nothing).message, /HTTP/, cause);
    }
  });

  it('say that a new token does not help against a missing right', () => {
    for (const cause of ['roleMissing', 'scopeMissing', 'networkDenied'] as const) {
      assert.match(explanationText(cause, everything).message, /A new token does not help\.$/);
    }
  });

  it('say when to try again', () => {
    const when = (retryAfterMs: number | undefined) =>
      /^Try again (now|in [^,.]+)/.exec(
        explanationText('serverDown', { ...nothing, retryAfterMs }).nextStep ?? '',
      )?.[1];
    assert.deepEqual([undefined, 0, 1, 1_000, 119_000, 119_001, 120_001, 3_600_000].map(when), [
      'in a minute',
      'now',
      'in 1 second',
      'in 1 second',
      'in 119 seconds',
      'in 2 minutes',
      'in 3 minutes',
      'in 1 hour',
    ]);
  });
});
