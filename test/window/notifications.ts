import type { Page } from 'playwright-core';

export interface Notification {
  readonly message: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly buttons: string[];
}

/** Runs in the page before VS Code and remembers each notification, including those that have faded. */
export function rememberNotifications(): void {
  const seen: string[] = [];
  Object.assign(globalThis, { seenNotifications: seen });
  const look = (): void => {
    for (const element of document.querySelectorAll('.notifications-toasts .notification-list-item-message')) {
      const message = element.textContent?.trim() ?? '';
      const marked = element as HTMLElement & { seenAs?: string };
      if (message === '' || marked.seenAs === message) continue;
      marked.seenAs = message;
      seen.push(message);
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
