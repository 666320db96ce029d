import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contextKeys } from '../../src/editor/commandIds';
import { manifest } from '../../scripts/l10n/manifest';
import { ROOT } from '../../scripts/process/folders';

const MOST_BYTES = 40_000;
const MOST_ICON_BYTES = 4_000;
/** Commands of VS Code itself that a step may run. */
const OF_VSCODE = ['workbench.action.terminal.new'];

const { contributes } = manifest();
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const keysOf = (when: string): string[] => when.match(/[\w.]+/g) ?? [];

describe('the walkthrough', () => {
  it('ticks off each step by itself, when what it is about has happened and not when its button was pressed', () => {
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [kind, key = ''] = event.split(':');
        assert.equal(kind, 'onContext', `${id}: ${event}`);
        assert.ok((Object.values(contextKeys) as string[]).includes(key), `${id}: ${event}`);
      }
    }
  });

  it('runs only commands that exist, and each step has one', () => {
    const known = [...contributes.commands.map(({ command }) => command), ...OF_VSCODE];
    for (const { id, description } of steps) {
      const links = [...description.matchAll(/\]\(([^)]*)\)/g)].map(([, link = '']) => link);
      assert.ok(links.length > 0, id);
      for (const link of links)
        assert.ok(
          known.some((command) => link === `command:${command}`),
          `${id}: ${link}`,
        );
    }
  });

  it('is opened by VS Code after the installation only if no editor is open: never over the work of the user', () => {
    for (const { when } of contributes.walkthroughs) {
      assert.equal(when, `${contextKeys.active} || !editorIsOpen`);
      assert.ok(keysOf(when).includes(contextKeys.active), 'later it is always in the list of walkthroughs');
    }
  });

  it('describes each picture in words', () => {
    for (const { id, media } of steps) assert.match(media.altText, /^.{30,}\.$/, id);
  });

  it('has a picture of each step in every kind of theme, no other, and all together are small', () => {
    const used = steps.flatMap(({ media }) => Object.values(media.image));
    const present = readdirSync(join(ROOT, 'media/walkthrough')).map((name) => `media/walkthrough/${name}`);
    assert.deepEqual(present.sort(), [...new Set(used)].sort());
    const bytes = present.map((file) => statSync(join(ROOT, file)).size).reduce((sum, size) => sum + size, 0);
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
    for (const { media } of steps) assert.deepEqual(Object.keys(media.image), ['light', 'dark', 'hc', 'hcLight']);
  });

  it('shows the same part of the window in every theme', () => {
    for (const { id, media } of steps) {
      const sizes = Object.values(media.image).map((file) => sizeOf(file));
      assert.equal(new Set(sizes).size, 1, `${id}: ${sizes.join()}`);
    }
  });
});

describe('the icon', () => {
  it('is large enough for the Marketplace, and a small file', () => {
    assert.equal(sizeOf('media/icon.png'), '256×256');
    assert.ok(statSync(join(ROOT, 'media/icon.png')).size <= MOST_ICON_BYTES);
  });
});

/** A PNG has its width and height in its first chunk. */
function sizeOf(file: string): string {
  const bytes = readFileSync(join(ROOT, file));
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG', file);
  return `${bytes.readUInt32BE(16)}×${bytes.readUInt32BE(20)}`;
}
