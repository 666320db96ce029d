import type { Page } from 'playwright-core';
import { until } from './until';

/** Opens the menu of the Accounts icon, where VS Code lists the accounts of every extension. */
export async function openAccountsMenu(page: Page): Promise<void> {
  await until('the Accounts menu', async () => {
    if ((await readMenu(page)).length > 0) return true;
    await page
      .locator('.activitybar .action-label[aria-label^="Accounts"], .activitybar [aria-label^="Accounts"]')
      .first()
      .click();
    return (await readMenu(page)).length > 0;
  });
}

/** The entries of the open menu, those of an open submenu after them. */
export async function readMenu(page: Page): Promise<string[]> {
  const labels = page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
  return (await labels.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}
