import * as l10n from '@vscode/l10n';
import { CertificateFileError, openKey, readKey } from '../../core/network/tls/certificateFiles';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { Failure } from '../../core/base/failure';
import type { SecretStore } from '../../core/storage/secretStore';
import { passphraseKey } from '../../editor/passphrase';
import type { Prompt, Submitted } from '../../editor/prompt/prompt';

/**
 * Asks for the passphrase of the client certificate's key, tries it on the key, and stores it in the secret storage.
 *
 * @returns `notEncrypted` if the key needs no passphrase; then nothing is asked
 * @throws {Failure} `clientCertificate` if there is no certificate, or no readable key
 */
export async function enterPassphrase(
  { clientCertificate }: NetworkSettings,
  { prompt, secrets }: { prompt: Prompt; secrets: SecretStore },
): Promise<'stored' | 'notEncrypted'> {
  const { cert, key } = clientCertificate ?? { cert: '', key: '' };
  if (cert === '') {
    throw new Failure('clientCertificate', { nodeCode: 'NOT_SET' });
  }
  const pem = await keyIn(key);
  if (openKey(pem) === 'opened') {
    return 'notEncrypted';
  }
  const submit = async (text: string): Promise<Submitted<true>> => {
    if (openKey(pem, text) !== 'opened') {
      return {
        kind: 'refused',
        sentence: l10n.t('This passphrase does not open the key. Check it and enter it again.'),
        clear: true,
      };
    }
    await secrets.store(passphraseKey, text);
    return { kind: 'accepted', value: true };
  };
  await prompt.box({
    title: l10n.t('Client certificate'),
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    prompt: l10n.t(
      "Passphrase of the key in reltioAuth.network.clientCertificate. It is stored in VS Code's secret storage.",
    ),
    placeholder: l10n.t('Passphrase'),
    secret: true,
    submit,
  });
  return 'stored';
}

async function keyIn(path: string): Promise<string> {
  try {
    return await readKey(path);
  } catch (error) {
    if (!(error instanceof CertificateFileError)) {
      throw error;
    }
    const { code, nodeCode } = error.failure;
    throw new Failure(code, nodeCode === undefined ? {} : { nodeCode });
  }
}
