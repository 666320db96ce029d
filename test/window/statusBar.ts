import type { Page } from 'playwright-core';
import { fits } from './until';
import type { Text } from './until';

export interface StatusBarItem {
  readonly id: string;
  /** The visible text, without icons. */
  readonly text: string;
  readonly icons: string[];
  /** What a screen reader says. */
  readonly spoken: string;
  readonly kind: 'normal' | 'warning' | 'error';
}

export function readStatusBar(page: Page): Promise<StatusBarItem[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.statusbar-item')].map((item) => {
      const label = item.querySelector('.statusbar-item-label');
      return {
        id: item.id,
        text: label?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
        icons: [...item.querySelectorAll('.codicon')].flatMap((icon) =>
          [...icon.classList]
            .filter((name) => name.startsWith('codicon-'))
            .map((name) => name.slice('codicon-'.length)),
        ),
        spoken: label?.getAttribute('aria-label') ?? item.getAttribute('aria-label') ?? '',
        kind: item.classList.contains('error-kind')
          ? 'error'
          : item.classList.contains('warning-kind')
            ? 'warning'
            : 'normal',
      };
    }),
  );
}

/** By the end of its id (`reltioAuth.session`) or by its text. */
export function findItem(items: StatusBarItem[], wanted: Text): StatusBarItem | undefined {
  return items.find((item) =>
    typeof wanted === 'string' ? item.id === wanted || item.id.endsWith(`.${wanted}`) : fits(item.text, wanted),
  );
}
