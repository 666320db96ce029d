/** The SecretStorage key of the passphrase of the client certificate's key. */
export const passphraseKey = 'clientCertificatePassphrase';
