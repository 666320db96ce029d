import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { remindToRenew } from '../../../src/features/accounts/renewReminder';
import { FakeClock } from '../../fakes/fakeClock';
import { sampleSession } from '../../fakes/sampleSession';

const hour = 3_600_000;

describe('the reminder of a sign-in that expires', () => {
  beforeEach(() => {
    shownMessages.length = 0;
  });

  /** The message this long before the sign-in expires, with its button. */
  const remind = async (before: number) => {
    const clock = new FakeClock();
    const values = new Map<string, unknown>();
    const memory = {
      get: (key: string) => values.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
    };
    const parts = { sessions: [sampleSession()], refreshTokenDays: 28, memory, clock };
    clock.set(clock.now() + 28 * 24 * hour - before);
    await remindToRenew(parts);
    await remindToRenew(parts);
    assert.equal(shownMessages.length, 1, 'once a day');
    return shownMessages[0]!.texts;
  };

  it('shows the day, or the time if that is today', async () => {
    const [text, button] = await remind(48 * hour);
    assert.match(
      text!,
      /^The Reltio sign-in of jane@acme\.com \(auth\.reltio\.com\) expires on .*, \d\d:\d\d\. Renew it to stay signed in\.$/,
    );
    assert.equal(button, 'Renew Sign-In');
    shownMessages.length = 0;
    assert.match((await remind(60_000))[0]!, /expires (at|on) .*\d\d:\d\d\. Renew it to stay signed in\.$/);
  });

  it('shows the same as the status bar when the expiry has passed but Reltio has not rejected the sign-in', async () => {
    const [text, button] = await remind(-hour);
    assert.match(text!, / was due to expire (at|on) .*\d\d:\d\d\. Renew it to stay signed in\.$/);
    assert.equal(button, 'Renew Sign-In');
  });
});
