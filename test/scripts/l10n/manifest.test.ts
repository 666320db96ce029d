import assert from 'node:assert/strict';
import packageJson from '../../../package.json';
import { manifest, manifestTexts } from '../../../scripts/l10n/manifest';

/** Shown to users, and a name rather than a text. */
const NAMES = ['Reltio', 'Reltio Authentication'];
const SHOWN = /^(title|description|markdownDescription|label|\w*(Descriptions|Message))$/;

describe('package.nls.json', () => {
  it('has each text of package.json that VS Code shows, and no other', () => {
    const used: string[] = [];
    const bare: string[] = [];
    const collect = (value: unknown, name: string): void => {
      if (typeof value === 'string') {
        const key = /^%(.+)%$/.exec(value)?.[1];
        if (key !== undefined) used.push(key);
        else if (SHOWN.test(name) && !NAMES.includes(value)) bare.push(value);
      } else if (Array.isArray(value)) {
        for (const entry of value) collect(entry, name);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) collect(inner, key);
      }
    };
    collect(packageJson, '');
    assert.deepEqual(bare, []);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(manifestTexts()).sort());
  });

  it('gives the manifest its texts', () => {
    const { description, contributes } = manifest();
    assert.match(description, /^Sign in to Reltio once/);
    assert.equal(contributes.commands[0]?.title, 'Sign In');
    assert.deepEqual(contributes.configuration.properties['reltioAuth.statusBar.click'].enum, ['menu', 'refresh']);
  });
});
