import type { Page } from 'playwright-core';

/** A modal dialog in the middle of the window. */
export interface Dialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: string[];
}

export function readDialog(page: Page): Promise<Dialog | undefined> {
  return page.evaluate(() => {
    const box = document.querySelector('.monaco-dialog-box');
    if (box === null) return undefined;
    const text = (selector: string): string => box.querySelector(selector)?.textContent?.trim() ?? '';
    return {
      message: text('.dialog-message-text') || text('.dialog-message'),
      detail: text('.dialog-message-detail'),
      buttons: [...box.querySelectorAll('.dialog-buttons .monaco-button')]
        .filter((button) => !button.classList.contains('monaco-dropdown-button'))
        .map((button) => button.textContent?.trim() ?? ''),
    };
  });
}
