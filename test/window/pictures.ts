import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { OUT, ROOT } from '../../scripts/process/folders';
import type { Window } from './driver';

/** Whether the pictures that are in the repository are made anew. */
export const isForDocs = process.env['RELTIO_PICTURES'] === 'docs';
/** How long a state must last for {@link pictures} (milliseconds). */
export const timeForPictures = isForDocs ? 9_000 : 4_000;
const themes = { dark: 'Dark Modern', contrast: 'Dark High Contrast', light: 'Light Modern' } as const;

interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where VS Code shows quick inputs. */
export const boxPart: Part = { x: 320, y: 0, width: 640, height: 330 };
/** The right end of the status bar, whose last entries are VS Code's own. */
const statusPart: Part = { x: 900, y: 768, width: 260, height: 32 };

/**
 * Saves a picture of the window to `out/pictures/`. With RELTIO_PICTURES=docs it replaces the one of that name in
 * `docs/images/`, which the README shows.
 */
export async function picture(window: Window, name: string, part?: Part): Promise<void> {
  const file = join(OUT, 'pictures', `${window.version}-${name}.png`);
  mkdirSync(dirname(file), { recursive: true });
  await window.page.screenshot({ path: file, animations: 'disabled', ...(part === undefined ? {} : { clip: part }) });
  keepForDocs(file, name);
}

/** Saves a picture of a web page beside VS Code to `out/pictures/`. */
export async function savePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUT, 'pictures', `${name}.png`), animations: 'disabled' });
}

/**
 * Saves a picture of a state to `out/pictures/`; for the sheet in the docs, one in each theme. That opens the command
 * palette and takes a second for each theme, so the state must last.
 */
export async function pictures(window: Window, name: string): Promise<void> {
  if (!isForDocs) {
    await window.screenshot(stateFile(window, name));
    return;
  }
  for (const [short, theme] of Object.entries(themes)) {
    await window.setTheme(theme);
    await window.screenshot(stateFile(window, name, short));
  }
}

/** For the docs, one sheet of the status bar: a row for each state, a column for each theme. */
export async function sheet(window: Window, names: readonly string[]): Promise<void> {
  if (!isForDocs) return;
  const page = await window.page.context().newPage();
  const { x, y, width, height } = statusPart;
  const cell = (name: string, theme: string): string => {
    const data = readFileSync(stateFile(window, name, theme)).toString('base64');
    const position = `background-position:-${x}px -${y}px;width:${width}px;height:${height}px`;
    return `<div style="background-image:url(data:image/png;base64,${data});${position}"></div>`;
  };
  const rows = names.map((name) =>
    Object.keys(themes)
      .map((theme) => cell(name, theme))
      .join(''),
  );
  const grid = `display:grid;grid-template-columns:repeat(3,${width}px);gap:4px;width:max-content`;
  await page.setContent(`<body style="margin:0"><div id="sheet" style="${grid}">${rows.join('')}</div></body>`);
  const file = join(OUT, 'pictures', `${window.version}-states.png`);
  await page.locator('#sheet').screenshot({ path: file });
  await page.close();
  keepForDocs(file, 'states');
}

function stateFile(window: Window, name: string, theme?: string): string {
  return join(OUT, 'pictures', `${[window.version, name, ...(theme === undefined ? [] : [theme])].join('-')}.png`);
}

function keepForDocs(file: string, name: string): void {
  const shown = join(ROOT, 'docs/images', `${name}.png`);
  if (isForDocs && existsSync(shown)) copyFileSync(file, shown);
}
