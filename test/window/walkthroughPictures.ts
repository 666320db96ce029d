import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { palettePng } from '../../scripts/docs/palettePng';
import { OUT, ROOT } from '../../scripts/process/folders';
import type { Window } from './driver';
import { isForDocs } from './pictures';

/** The pictures have to be small: the top of a list says what it is. */
const MOST_HEIGHT = 208;
const COLOURS = { picture: 8, icon: 16 } as const;
const themes = { dark: 'Dark Modern', light: 'Light Modern', contrast: 'Dark High Contrast' } as const;

/**
 * Saves a picture of one part of the window to `out/pictures/`. For the docs, one in each theme, small enough for the
 * package, to `media/walkthrough/`.
 *
 * @param show makes the part visible; called for each theme, because changing it closes quick inputs
 */
export async function walkthroughPicture(
  window: Window,
  name: string,
  selector: string,
  show: () => Promise<void>,
): Promise<void> {
  const { page } = window;
  const part = page.locator(selector).filter({ visible: true }).first();
  if (!isForDocs) {
    await show();
    await part.screenshot({ path: join(OUT, 'pictures', `${window.version}-walkthrough-${name}.png`) });
    return;
  }
  const size = page.viewportSize();
  await page.setViewportSize({ width: 720, height: 560 });
  for (const [short, theme] of Object.entries(themes)) {
    await window.setTheme(theme);
    await page.mouse.move(0, 0); // it would highlight what is below it
    await show();
    await showAsReltio(page, selector);
    const { x, y, width, height } = (await part.boundingBox()) ?? assert.fail(`${name} is visible`);
    const clip = { x, y, width, height: Math.min(height, MOST_HEIGHT) };
    const shot = await page.screenshot({ animations: 'disabled', clip });
    const file = join(ROOT, 'media/walkthrough', `${name}-${short}.png`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await smallPng(page, shot, 'picture'));
    if (short !== Object.keys(themes).at(-1)) await window.press('Escape');
  }
  if (size !== null) await page.setViewportSize(size);
}

/** Replaces the server and the extension of the tests, which readers do not have. */
async function showAsReltio(page: Page, selector: string): Promise<void> {
  await page.evaluate((within) => {
    for (const part of document.querySelectorAll(within)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
        node.nodeValue = (node.nodeValue ?? '')
          .replace(/(http:\/\/)?(127\.0\.0\.1|localhost):\d+/g, 'auth.reltio.com')
          .replace('Reltio Authentication consumer (test fixture)', 'Acme Data Tools');
      }
    }
  }, selector);
}

/** For the docs, draws the icon of the extension again. */
export async function drawIcon({ page }: Window): Promise<void> {
  if (!isForDocs) return;
  const drawing = readFileSync(join(ROOT, 'docs/images/icon.svg'));
  writeFileSync(join(ROOT, 'media/icon.png'), await smallPng(page, drawing, 'icon'));
}

async function smallPng(page: Page, picture: Buffer, kind: keyof typeof COLOURS): Promise<Buffer> {
  const type = kind === 'icon' ? 'image/svg+xml' : 'image/png';
  const blank = await page.context().newPage();
  const { width, height, pixels } = await blank.evaluate(
    async (data) => {
      const image = new Image();
      image.src = data;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const shown = context?.getImageData(0, 0, image.width, image.height).data ?? [];
      return { width: image.width, height: image.height, pixels: [...shown] };
    },
    `data:${type};base64,${picture.toString('base64')}`,
  );
  await blank.close();
  await page.bringToFront();
  return palettePng(Uint8Array.from(pixels), width, height, COLOURS[kind]);
}
