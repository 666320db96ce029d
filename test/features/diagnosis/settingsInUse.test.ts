import assert from 'node:assert/strict';
import { contributes } from '../../../package.json';
import { settingsInUse } from '../../../src/features/diagnosis/settingsInUse';

const own = Object.keys(contributes.configuration.properties);

describe('the settings in use', () => {
  it('have the names that the settings editor shows, never those of a section', () => {
    const http = { proxy: 'http://proxy', noProxy: [], experimental: { systemCertificatesV2: false } };
    const isSet = (name: string): boolean => name !== 'http.noProxy' && !name.startsWith('reltioAuth.network');
    const names = settingsInUse(http, isSet);
    assert.ok(names.includes('reltioAuth.statusBar.click'));
    assert.ok(names.includes('reltioAuth.clipboard.clearAfterSeconds'));
    assert.deepEqual(
      names.filter((name) => name.startsWith('http')),
      ['http.proxy', 'http.experimental.systemCertificatesV2'],
    );
    for (const name of names.filter((one) => one.startsWith('reltioAuth'))) assert.ok(own.includes(name), name);
  });
});
