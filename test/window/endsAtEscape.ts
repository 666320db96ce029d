import assert from 'node:assert/strict';
import type { Window } from './driver';

/** A test for each step of a sign-in: Escape there ends it, without a message. */
export function endsAtEscape(
  opened: () => { readonly window: Window },
  steps: readonly (readonly [name: string, goTo: () => Promise<unknown>])[],
  afterwards: (name: string) => unknown = () => undefined,
): void {
  let seen: number | undefined;
  for (const [name, goTo] of steps) {
    it(`ends without a message at Escape during ${name}`, async () => {
      const { window } = opened();
      seen ??= (await window.seenNotifications()).length; // once, so that a message that comes late fails the next test
      await goTo();
      await window.untilQuickInput(); // else Escape would come before the step, which then stays open
      await window.press('Escape');
      await window.untilNoQuickInput();
      await window.untilStatusBar('Reltio: Sign in');
      await afterwards(name);
      assert.deepEqual((await window.seenNotifications()).slice(seen), []);
    });
  }
}
