import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { checkThroughAny } from '../../../src/core/calls/checkThroughAny';

const server = 'https://auth.reltio.com';

function checksThat(answers: Readonly<Record<string, Failure | 'notValid'>>) {
  const asked: string[] = [];
  return {
    asked,
    check: (_server: string, { id }: { readonly id: string }) => {
      asked.push(id);
      const answer = answers[id] ?? 'notValid';
      return answer === 'notValid' ? Promise.resolve(answer) : Promise.reject(answer);
    },
  };
}

const client = (id: string) => ({ id, secret: 'secret' });
const rejected = new Failure('clientRejected', { host: 'auth.reltio.com' });

describe('A check through any client', () => {
  it('asks with the next client if the server rejects one', async () => {
    const checks = checksThat({ old: rejected });
    assert.equal(await checkThroughAny(checks, server, [client('old'), client('good')], 'token'), 'notValid');
    assert.deepEqual(checks.asked, ['old', 'good']);
  });

  it('does not ask with a client that a login page registered', async () => {
    const checks = checksThat({});
    const registered = { ...client('registered'), registeredFor: 'https://login.reltio.com/register' };
    assert.equal(await checkThroughAny(checks, server, [registered], 'token'), 'noClient');
    assert.deepEqual(checks.asked, []);
  });

  it('stops at an outage, which another client would not end', async () => {
    const checks = checksThat({ first: new Failure('serverError') });
    await assert.rejects(checkThroughAny(checks, server, [client('first'), client('second')], 'token'), {
      code: 'serverError',
    });
    assert.deepEqual(checks.asked, ['first']);
  });

  it('tries three clients at most, and blames none of them', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    const checks = checksThat({ a: rejected, b: rejected, c: rejected });
    assert.equal(await checkThroughAny(checks, server, ids.map(client), 'token'), 'noClient');
    assert.deepEqual(checks.asked, ['a', 'b', 'c']);
  });
});
