import type { Page } from 'playwright-core';
import { fits, until } from './until';
import type { Text } from './until';

/** What the quick input at the top of the window shows. */
export interface QuickInput {
  /** As shown, with the step: `Sign In to Reltio (1/3)`. */
  readonly title: string;
  readonly step: number | undefined;
  readonly steps: number | undefined;
  readonly value: string;
  readonly password: boolean;
  readonly placeholder: string;
  /** The prompt, or the validation message in its place. */
  readonly message: string;
  readonly severity: 'none' | 'info' | 'warning' | 'error';
  readonly items: QuickInputItem[];
  /** The names of the buttons in the title and beside the input, `Back` among them. */
  readonly buttons: string[];
  readonly busy: boolean;
  readonly enabled: boolean;
}

interface QuickInputItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly focused: boolean;
}

export interface WantedQuickInput {
  readonly title?: Text;
  readonly step?: number;
  readonly placeholder?: Text;
  readonly message?: Text;
  readonly severity?: QuickInput['severity'];
  readonly password?: boolean;
  /** The label of an item that must be in the list. */
  readonly item?: Text;
  /** The label of the item that Enter would choose. */
  readonly focused?: Text;
}

/** The visible quick input; undefined if there is none. */
export function readQuickInput(page: Page): Promise<QuickInput | undefined> {
  return page.evaluate(() => {
    const shown = (element: Element | null): element is HTMLElement =>
      element instanceof HTMLElement && element.offsetParent !== null;
    const text = (element: Element | null | undefined): string =>
      element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    const widget = [...document.querySelectorAll('.quick-input-widget')].find(shown);
    if (widget === undefined) return undefined;
    const input = widget.querySelector<HTMLInputElement>('.quick-input-box input');
    const message = widget.querySelector('.quick-input-message');
    const frame = widget.querySelector('.quick-input-box .monaco-inputbox');
    const title = shown(widget.querySelector('.quick-input-titlebar'))
      ? text(widget.querySelector('.quick-input-title'))
      : '';
    const step = /\((?:(\d+)\/)?(\d+)\)$/.exec(title);
    const buttons = [
      ...widget.querySelectorAll('.quick-input-titlebar .action-label, .quick-input-header .action-label'),
    ];
    return {
      title,
      step: step === null ? undefined : Number(step[1] ?? step[2]),
      steps: step?.[1] === undefined ? undefined : Number(step[2]),
      value: input?.value ?? '',
      password: input?.type === 'password',
      placeholder: input?.placeholder ?? '',
      message: shown(message) ? text(message) : '',
      severity: (['error', 'warning', 'info'] as const).find((one) => frame?.classList.contains(one)) ?? 'none',
      items: [...widget.querySelectorAll('.quick-input-list .monaco-list-row')].filter(shown).map((row) => ({
        label: text(row.querySelector('.quick-input-list-label .label-name') ?? row.querySelector('.label-name')),
        description: text(row.querySelector('.label-description')),
        // not `textContent`: VS Code uses rows again, and hides the detail of an entry without one
        detail: row.querySelector<HTMLElement>('.quick-input-list-label-meta')?.innerText.trim() ?? '',
        focused: row.classList.contains('focused'),
      })),
      buttons: buttons.filter(shown).map((button) => button.getAttribute('aria-label') ?? text(button)),
      busy: shown(widget.querySelector('.quick-input-progress.active')),
      enabled: input?.disabled !== true && input?.readOnly !== true,
    };
  });
}

export function untilQuickInput(page: Page, wanted: WantedQuickInput): Promise<QuickInput> {
  return until(
    `a quick input with ${describe(wanted)}`,
    async () => {
      const box = await readQuickInput(page);
      return box !== undefined && isWanted(box, wanted) ? box : undefined;
    },
    () => readQuickInput(page),
  );
}

function isWanted(box: QuickInput, wanted: WantedQuickInput): boolean {
  return (
    (wanted.title === undefined || fits(box.title, wanted.title)) &&
    (wanted.step === undefined || box.step === wanted.step) &&
    (wanted.placeholder === undefined || fits(box.placeholder, wanted.placeholder)) &&
    (wanted.message === undefined || fits(box.message, wanted.message)) &&
    (wanted.severity === undefined || box.severity === wanted.severity) &&
    (wanted.password === undefined || box.password === wanted.password) &&
    (wanted.item === undefined || box.items.some((item) => fits(item.label, wanted.item ?? ''))) &&
    (wanted.focused === undefined || box.items.some((item) => item.focused && fits(item.label, wanted.focused ?? '')))
  );
}

function describe(wanted: WantedQuickInput): string {
  const parts = Object.entries(wanted).map(([name, value]) => `${name} ${String(value)}`);
  return parts.length === 0 ? 'anything' : parts.join(', ');
}

/** Replaces the text of the open quick input, and presses Enter if `submit` is true. */
export async function typeInBox(page: Page, text: string, submit: boolean): Promise<void> {
  await until(
    'a quick input that can be typed into',
    async () => (await readQuickInput(page))?.enabled === true,
    () => readQuickInput(page),
  );
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  await input.fill(text);
  if (submit) await input.press('Enter');
}

/** Chooses the item with this label, wherever it is in the list. */
export async function pick(page: Page, label: Text): Promise<void> {
  await untilQuickInput(page, { item: label });
  const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  const exact = typeof label === 'string' ? new RegExp(`^\\s*${escape(label)}\\s*$`) : label;
  await rows
    .filter({ has: page.locator('.label-name').filter({ hasText: exact }) })
    .first()
    .click();
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
