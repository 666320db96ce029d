import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { answerCalls, type TokenDesk } from '../../../src/core/terminal/answerCalls';
import { helpText } from '../../../src/core/terminal/helpText';
import type { TokenResult } from '../../../src/core/terminal/tokenCall';
import type { TokenWish } from '../../../src/core/terminal/tokenWish';

const token = {
  accessToken: 'secret-1',
  expiresAt: Date.UTC(2026, 9, 5, 9),
  metadata: { account: 'jane@acme.com (auth.reltio.com)', identity_server: 'https://auth.reltio.com' },
};

describe('a call of reltio-token', () => {
  let wishes: TokenWish[];

  beforeEach(() => {
    wishes = [];
  });

  function call(
    args: readonly string[],
    work: TokenDesk['token'] = () => Promise.resolve(token),
  ): Promise<TokenResult> {
    const answer = answerCalls({
      token: (wish, signal) => {
        wishes.push(wish);
        return work(wish, signal);
      },
      sentence: ({ code }) => `It is ${code}.`,
    });
    return answer({ arguments: args }, new AbortController().signal);
  }

  it('gets the token that it wishes', async () => {
    const result = await call(['--environment', 'dev', '--header', '--min-ttl=60']);
    assert.deepEqual(result, { stdout: 'Authorization: Bearer secret-1\n', stderr: '', exit: 0 });
    assert.deepEqual(wishes, [{ environment: 'dev', form: 'header', minTtl: 60 }]);
  });

  it('gets help without a token', async () => {
    assert.deepEqual(await call(['--help']), { stdout: helpText(), stderr: '', exit: 0 });
    assert.deepEqual(wishes, []);
  });

  it('gets no token for a mistake, and nobody is asked', async () => {
    assert.deepEqual(await call(['--jsno']), {
      stdout: '',
      stderr: 'reltio-token: There is no option --jsno. reltio-token --help lists the options.\n',
      exit: 2,
    });
    assert.deepEqual(wishes, []);
  });

  it('gets the sentence and the exit code of a failure', async () => {
    const fails = (code: 'timeout' | 'signedOut') => () => Promise.reject(new Failure(code));
    assert.deepEqual(await call([], fails('timeout')), {
      stdout: '',
      stderr: 'reltio-token: It is timeout.\n',
      exit: 4,
    });
    assert.equal((await call([], fails('signedOut'))).exit, 3);
  });

  it('gets nothing of an unexpected error but that there was one', async () => {
    const result = await call([], () => Promise.reject(new Error('secret-2')));
    assert.deepEqual(result, {
      stdout: '',
      stderr: 'reltio-token: VS Code reported an error. Its log may say more.\n',
      exit: 1,
    });
  });

  it('gets no part of a token that a shell could misread', async () => {
    const result = await call([], () => Promise.resolve({ ...token, accessToken: 'secret-3\nrm' }));
    assert.deepEqual(result, { stdout: '', stderr: 'reltio-token: It is tokenNotForShell.\n', exit: 1 });
  });
});
