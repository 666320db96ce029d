import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { OUT, ROOT } from '../../scripts/folders';
import type { Window } from './driver';

/**
 * Saves a picture of the window to `out/pictures/`, and with RELTIO_PICTURES=docs also to `docs/images/`, where the
 * README shows it.
 */
export async function picture(window: Window, name: string): Promise<void> {
  const file = join(OUT, 'pictures', `${window.version}-${name}.png`);
  await window.screenshot(file);
  if (process.env['RELTIO_PICTURES'] === 'docs') {
    const folder = join(ROOT, 'docs/images');
    mkdirSync(folder, { recursive: true });
    copyFileSync(file, join(folder, `${name}.png`));
  }
}
