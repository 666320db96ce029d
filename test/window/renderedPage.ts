import type { Frame, Locator } from 'playwright-core';
import type { Window } from './driver';
import { until } from './until';

/** A page that VS Code's Markdown preview shows, and its text with single blanks. */
export interface RenderedPage {
  readonly text: string;
  readonly body: Locator;
}

/** The first page of a window starts a service worker, an extension and its language server (milliseconds). */
const timeLimit = 120_000;
/** On a busy machine, VS Code may miss that this worker is ready, and shows an empty page until it is told to load it again. */
const usualLimit = 45_000;

/** Waits for a page with this text. */
export async function renderedPage(window: Window, wanted: RegExp): Promise<RenderedPage> {
  const frames = (): Promise<string[]> =>
    Promise.all(window.page.frames().map(async (frame) => `${frame.url()}: ${String(await textOf(frame))}`));
  let again = Date.now() + usualLimit;
  const probe = async (): Promise<RenderedPage | undefined> => {
    if (Date.now() > again) {
      again = Infinity;
      await window.runCommand('Developer: Reload Webviews').catch(() => undefined); // a page that does come takes the focus
    }
    for (const frame of window.page.frames()) {
      const text = await textOf(frame);
      if (text !== undefined && wanted.test(text)) return { text, body: frame.locator('.markdown-body') };
    }
    return undefined;
  };
  return await until(`a rendered page with ${String(wanted)}`, probe, frames, timeLimit);
}

async function textOf(frame: Frame): Promise<string | undefined> {
  try {
    const body = frame.locator('.markdown-body');
    return (await body.count()) === 1 ? (await body.innerText({ timeout: 500 })).replace(/\s+/g, ' ') : undefined;
  } catch {
    return undefined; // the frame is gone, or hidden
  }
}
