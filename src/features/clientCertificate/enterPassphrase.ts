import { CertificateFileError, openKey, readKey } from '../../core/network/certificateFiles';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { Failure } from '../../core/base/failure';
import type { SecretStore } from '../../core/storage/secretStore';
import { passphraseKey } from '../../editor/passphrase';
import type { Prompt, Submitted } from '../../editor/prompt/prompt';

/**
 * Asks for the passphrase of the client certificate's key, tries it there, and keeps it in SecretStorage.
 *
 * @returns `notLocked` where the key needs none; then nothing is asked
 * @throws {Failure} `clientCertificate` where there is no certificate, or no key to try
 */
export async function enterPassphrase(
  { clientCertificate }: NetworkSettings,
  { prompt, secrets }: { prompt: Prompt; secrets: SecretStore },
): Promise<'kept' | 'notLocked'> {
  const { cert, key } = clientCertificate ?? { cert: '', key: '' };
  if (cert === '') {
    throw new Failure('clientCertificate', { nodeCode: 'NOT_SET' });
  }
  const pem = await keyIn(key);
  if (openKey(pem) === 'opened') {
    return 'notLocked';
  }
  const submit = async (text: string): Promise<Submitted<true>> => {
    if (openKey(pem, text) !== 'opened') {
      return { kind: 'refused', sentence: 'This does not open the key. Enter its passphrase.', clear: true };
    }
    await secrets.store(passphraseKey, text);
    return { kind: 'accepted', value: true };
  };
  await prompt.box({
    title: 'Client certificate',
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    prompt: 'Passphrase of the key in reltioAuth.network.clientCertificate. It goes to the secret storage of VS Code.',
    placeholder: 'Passphrase',
    secret: true,
    submit,
  });
  return 'kept';
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
