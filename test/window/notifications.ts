import type { Page } from 'playwright-core';

export interface Notification {
  readonly message: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly buttons: string[];
}

/** Runs in the page before VS Code and remembers each notification, including those that have faded. */
export function rememberNotifications(): void {
  const seen: string[] = [];
  const seenAt: number[] = [];
  Object.assign(globalThis, { seenNotifications: seen, notificationsSeenAt: seenAt });
  const look = (): void => {
    for (const element of document.querySelectorAll('.notifications-toasts .notification-list-item-message')) {
      const message = element.textContent?.trim() ?? '';
      const marked = element as HTMLElement & { seenAs?: string };
      if (message === '' || marked.seenAs === message) continue;
      marked.seenAs = message;
      seen.push(message);
      seenAt.push(Date.now());
    }
  };
  const start = (): void => {
    new MutationObserver(look).observe(document.documentElement, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  };
  if (document.documentElement === null) document.addEventListener('DOMContentLoaded', start);
  else start();
}

export function readSeenNotifications(page: Page): Promise<string[]> {
  return page.evaluate(() => [...((globalThis as { seenNotifications?: string[] }).seenNotifications ?? [])]);
}

/**
 * VS Code shows three notifications within 800 milliseconds, and puts any further one into its list without showing it. A
 * test presses keys faster than that, so it waits until the next one will be shown.
 */
export async function untilNextIsShown(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { notificationsSeenAt = [] } = globalThis as { notificationsSeenAt?: number[] };
    return Date.now() - (notificationsSeenAt.at(-3) ?? 0) > 800;
  });
}

/** The notification that VS Code has last read aloud, without its severity. */
export async function readSpoken(page: Page): Promise<string> {
  const texts = await page.locator('.monaco-aria-container .monaco-alert').allTextContents();
  return texts.join('').replace(/^(Info|Warning|Error): /, '');
}

/** The notifications that are visible in the corner now, newest first. */
export function readNotifications(page: Page): Promise<Notification[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.notifications-toasts .notification-list-item')].map((item) => ({
      message: item.querySelector('.notification-list-item-message')?.textContent?.trim() ?? '',
      severity: (['error', 'warning'] as const).find((one) => item.querySelector(`.codicon-${one}`) !== null) ?? 'info',
      buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
        (button) => button.textContent?.trim() ?? '',
      ),
    })),
  );
}
