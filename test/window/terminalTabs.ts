import type { Page } from 'playwright-core';

/** A terminal in the list of the panel. */
export interface TerminalTab {
  readonly name: string;
  /** Whether VS Code shows that an extension wants the terminal to be relaunched. */
  readonly isStale: boolean;
}

export function readTerminalTabs(page: Page): Promise<TerminalTab[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.tabs-list .monaco-list-row .terminal-tabs-entry')].map((entry) => {
      const label = entry.querySelector('.monaco-icon-label');
      const badge = label === null ? '' : getComputedStyle(label, '::after').content;
      return { name: entry.textContent?.trim() ?? '', isStale: badge.includes('\uea6c') };
    }),
  );
}
