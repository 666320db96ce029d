import assert from 'node:assert/strict';
import { refused } from '../../../src/core/terminal/refused';

describe('a refused call', () => {
  it('prints one sentence on standard error, and nothing else', () => {
    assert.deepEqual(refused(3, 'Sign in first.'), { stdout: '', stderr: 'reltio-token: Sign in first.\n', exit: 3 });
  });

  it('shows names from outside without what a terminal obeys or a user cannot see', () => {
    const { stderr } = refused(
      7,
      'No account "\u001b]0;x\u0007\u009b2J\r\nroot# \u202eegap\u200b\u3164\ud800 Jürgen 💥".',
    );
    assert.equal(stderr, 'reltio-token: No account "�]0;x��2J root# �egap��� Jürgen 💥".\n');
  });
});
