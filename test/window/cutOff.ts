import type { Page } from 'playwright-core';

/** Where the extension shows texts. */
const PLACES = [
  '.quick-input-widget',
  '.notifications-toasts',
  '.monaco-dialog-box',
  '[id$="reltioAuth.session"]',
  '.monaco-hover',
];

/**
 * Every text that does not fit where it stands, so that the user sees only a part of it. The second line of an entry of a list
 * may end in an ellipsis: VS Code shows the rest when the mouse is over it.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate((places) => {
    const clips = (element: Element): boolean => getComputedStyle(element).overflowX !== 'visible';
    const found: string[] = [];
    for (const place of [...document.querySelectorAll<HTMLElement>(places.join())]) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const { right, width, height } = range.getBoundingClientRect();
        if ((text.textContent ?? '').trim() === '' || width === 0 || height === 0) continue;
        if (text.parentElement?.closest('.quick-input-list-label-meta') instanceof Element) continue;
        for (let around = text.parentElement; around !== null; around = around.parentElement) {
          if (clips(around) && right > around.getBoundingClientRect().right + 1) {
            found.push(text.textContent?.trim() ?? '');
            break;
          }
        }
      }
      for (const input of place.querySelectorAll<HTMLInputElement>('input[placeholder]')) {
        if (input.value !== '' || input.offsetParent === null) continue;
        const context = document.createElement('canvas').getContext('2d');
        const { font, paddingLeft, paddingRight } = getComputedStyle(input);
        if (context !== null) context.font = font;
        const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        if ((context?.measureText(input.placeholder).width ?? 0) > room + 1) found.push(input.placeholder);
      }
    }
    return [...new Set(found)];
  }, PLACES);
}
