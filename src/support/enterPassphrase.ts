import * as vscode from 'vscode';
import { openKey, readKey } from '../network/certificateFiles';
import type { NetworkSettings } from '../network/networkSettings';
import type { SecretStore } from '../sessions/ports';
import { passphraseKey } from './passphrase';

/** Asks for the passphrase, tries it on the key, and keeps it in SecretStorage. An empty one forgets it. */
export async function enterPassphrase({ clientCertificate }: NetworkSettings, secrets: SecretStore): Promise<void> {
  if (clientCertificate === undefined) {
    void vscode.window.showInformationMessage(
      'There is no client certificate yet. Name its files in reltioAuth.network.clientCertificate first.',
    );
    return;
  }
  const pem = await keyOrNothing(clientCertificate.key);
  const passphrase = await vscode.window.showInputBox({
    title: 'Client Certificate',
    prompt: 'Enter the passphrase of the key in reltioAuth.network.clientCertificate. Leave it empty to forget it.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      pem !== undefined && text !== '' && openKey(pem, text) === 'locked' ? 'This does not open the key.' : undefined,
  });
  if (passphrase !== undefined) {
    await secrets.store(passphraseKey, passphrase);
  }
}

/** A key that cannot be read is told of when it is used; the passphrase may be entered before the file is there. */
async function keyOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readKey(path);
  } catch {
    return undefined;
  }
}
