import assert from 'node:assert/strict';
import { manifest } from '../../../scripts/l10n/manifest';
import { parseEnvironments } from '../../../src/editor/settings/environments';
import { environmentEntry } from '../../../src/editor/settings/settingTable';

const trusted = ['reltio.com', 'acme.example'];
const fields = environmentEntry.properties;
/** What VS Code underlines in settings.json: it reads a pattern as a regular expression with Unicode. */
const isUnderlined = (field: 'name' | 'url' | 'authUrl' | 'tenant', value: string): boolean =>
  !new RegExp(fields[field].pattern, 'u').test(value);
const isRefused = (field: string, value: string): boolean =>
  parseEnvironments([{ name: 'dev', url: 'https://dev.reltio.com', [field]: value }], trusted).problems.length > 0;

describe('the schema of an environment in settings.json', () => {
  const right = {
    name: ['dev', ' dev ', 'dév', 'x'],
    url: [
      'https://dev.reltio.com',
      'https://dev.reltio.com/',
      ' HTTPS://DEV.reltio.com:8443 ',
      'https://dev.reltio.com.',
      'http://localhost',
      'http://localhost:8899',
      'http://127.0.0.1:8899/',
      'http://[::1]:8899',
    ],
    authUrl: ['https://auth.acme.example'],
    tenant: ['AcmeDev01', ' abc-1_2.3 ', '', ' '],
  } as const;
  const wrong = {
    name: ['', ' ', '\t'],
    url: [
      '',
      'dev',
      'dev.reltio.com',
      'https://',
      'https://dev.reltio.com/ui/abc123',
      'https://dev.reltio.com?x',
      'https://dev.reltio.com#x',
      'https://jane:pw@dev.reltio.com',
      'https://dev.reltio.com\\x',
      'http://dev.reltio.com',
      'http://localhost.evil.example',
      'ftp://dev.reltio.com',
      'https://dev reltio.com',
    ],
    authUrl: ['auth', 'http://auth.reltio.com'],
    tenant: ['..', 'a/b', 'a b', '../oauth', 'x'.repeat(101)],
  } as const;

  for (const field of Object.keys(right) as (keyof typeof right)[]) {
    it(`underlines no ${field} that can be used, and each that cannot`, () => {
      for (const value of right[field]) {
        assert.deepEqual([isUnderlined(field, value), isRefused(field, value)], [false, false], value);
      }
      for (const value of wrong[field]) {
        assert.deepEqual([isUnderlined(field, value), isRefused(field, value)], [true, true], value);
      }
    });
  }

  it('has one sentence for each mistake, with an example or where to find what is right', () => {
    const { properties } = manifest().contributes.configuration.properties['reltioAuth.environments'].items;
    for (const [field, property] of Object.entries(properties)) {
      const { pattern, patternErrorMessage } = property as { pattern?: string; patternErrorMessage?: string };
      assert.equal(pattern === undefined, patternErrorMessage === undefined, field);
      assert.match(patternErrorMessage ?? 'Write it, such as dev.', /^[A-Z].*(such as |as it is in ).*\.$/, field);
    }
  });
});
