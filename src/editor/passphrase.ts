/** Where SecretStorage keeps the passphrase of the client certificate's key. */
export const passphraseKey = 'clientCertificatePassphrase';
