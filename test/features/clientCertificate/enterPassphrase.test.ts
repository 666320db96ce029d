import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultNetworkSettings, type NetworkSettings } from '../../../src/core/network/networkSettings';
import type { SecretStore } from '../../../src/core/storage/secretStore';
import { enterPassphrase } from '../../../src/features/clientCertificate/enterPassphrase';
import { describe as describeFailure } from '../../../src/editor/messages/messages';
import { Authority } from '../../fakes/authority';
import { scriptedPrompt } from '../../fakes/scriptedPrompt';

describe('entering the passphrase of a client certificate', () => {
  const authority = Authority.create('Acme People');
  let folder: string;
  let kept: Map<string, string>;
  let secrets: SecretStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reltio-passphrase-'));
    kept = new Map();
    secrets = {
      get: (key) => Promise.resolve(kept.get(key)),
      store: (key, value) => {
        kept.set(key, value);
        return Promise.resolve();
      },
      delete: (key) => {
        kept.delete(key);
        return Promise.resolve();
      },
      onDidChange: () => () => undefined,
    };
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const withKey = (key: string): NetworkSettings => {
    writeFileSync(join(folder, 'key.pem'), key);
    return {
      ...defaultNetworkSettings,
      clientCertificate: { cert: join(folder, 'c.pem'), key: join(folder, 'key.pem') },
    };
  };

  it('tries it on the key, says in the box if it does not open the key, and stores the one that does', async () => {
    const prompt = scriptedPrompt(['', 'wrong', 'open sesame']);
    const settings = withKey(authority.issue({ passphrase: 'open sesame' }).key);
    assert.equal(await enterPassphrase(settings, { prompt, secrets }), 'stored');
    assert.deepEqual([...kept], [['clientCertificatePassphrase', 'open sesame']]);
    assert.equal(prompt.asked[0]?.secret, true);
    assert.equal(prompt.asked[0].refusals.length, 2);
    assert.match(prompt.asked[0].refusals[0] ?? '', /does not open the key/);
  });

  it('asks nothing if the key needs no passphrase', async () => {
    const prompt = scriptedPrompt([]);
    assert.equal(await enterPassphrase(withKey(authority.issue().key), { prompt, secrets }), 'notEncrypted');
    assert.equal(kept.size, 0);
  });

  it('says what is missing if there is no key', async () => {
    const prompt = scriptedPrompt(['open sesame']);
    const halves = [undefined, { cert: '/c', key: '' }, { cert: '', key: join(folder, 'key.pem') }];
    for (const clientCertificate of halves) {
      const settings = { ...defaultNetworkSettings, clientCertificate };
      await assert.rejects(enterPassphrase(settings, { prompt, secrets }), (error) => {
        assert.equal(
          describeFailure(error),
          'No client certificate is set. First set the paths of its two files, "cert" and "key", in ' +
            'reltioAuth.network.clientCertificate.',
        );
        return true;
      });
    }
    const gone = { ...defaultNetworkSettings, clientCertificate: { cert: '/c', key: join(folder, 'gone.pem') } };
    await assert.rejects(enterPassphrase(gone, { prompt, secrets }), { code: 'clientCertificate', nodeCode: 'ENOENT' });
    assert.equal(kept.size, 0);
  });
});
