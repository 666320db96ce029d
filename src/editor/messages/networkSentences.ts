import type { FailureCodeOf } from '../../core/base/failureTable';
import { proxySpelling, proxyText, tlsText, unreachableText } from './connectionText';
import { outdatedSentence } from './outdatedSentence';
import { hostIn, namesIn, nodeCodeIn, portIn, type Sentence } from './sentence';

/** No program uses such a port, but Windows keeps whole ranges for virtual machines, and Linux those below 1024 for root. */
function isReserved({ nodeCode }: Parameters<Sentence>[0]): boolean {
  return nodeCode === 'EACCES' || nodeCode === 'EPERM';
}

/** Sentences for requests that got no answer or were not sent. */
export const networkSentences = {
  dns: (failure) =>
    `${hostIn(failure)} was not found${nodeCodeIn(failure)}. Check the address, your network and your VPN.`,
  proxy: proxyText,
  timeout: (failure) => `${hostIn(failure)} did not answer in time. Check your network and VPN, then try again.`,
  tls: tlsText,
  unreachable: unreachableText,
  proxySetting: () =>
    `The proxy address in reltioAuth.network.proxy, "http.proxy" or HTTPS_PROXY cannot be used. ${proxySpelling}`,
  caFile: (failure) =>
    `The file in reltioAuth.network.caFile cannot be used${nodeCodeIn(failure)}. Set the full path of a PEM file with certificates.`,
  clientCertificate: (failure) =>
    failure.nodeCode === 'NOT_SET'
      ? 'No client certificate is set. First set the paths of its two files, "cert" and "key", in ' +
        'reltioAuth.network.clientCertificate.'
      : `The files in reltioAuth.network.clientCertificate cannot be used${nodeCodeIn(failure)}. Set the full paths of the ` +
        'PEM files with the certificate and its key.',
  otherServer: (failure) =>
    `A different server now answers at ${hostIn(failure)} than when you signed in, so no secret was sent to it. If it is ` +
    'yours, sign in again; otherwise stop it.',
  passphrase: () =>
    'The key of your client certificate needs its passphrase. Run "Reltio: Enter Client Certificate Passphrase", then try ' +
    'again.',
  noEnvironment: () =>
    'There is no Reltio environment for this account yet. Run "Reltio: Add Environment" to set one up.',
  environmentUnknown: (failure) =>
    failure.names.length === 0
      ? 'No environment has this name. "Reltio: Add Environment" in VS Code sets one up.'
      : `No environment has this name. Use one of these${namesIn(failure)}.`,
  tokensNeedTrust: () => 'This workspace is not trusted, so it gets no tokens. Trust it in VS Code first.',
  settingsNotWritten: () =>
    'VS Code could not add the environment to your settings. If settings.json is open, correct and save it, then try again.',
  fileNotSaved: (failure) =>
    `The file could not be written there${nodeCodeIn(failure)}. Run the command again for another place.`,
  portBusy: (failure) =>
    isReserved(failure)
      ? `VS Code cannot wait for your browser: this computer reserves ${portIn(failure)}${nodeCodeIn(failure)}. Use ` +
        '"Paste the callback instead" above, or set reltioAuth.browserSignIn.redirectUri to another address that Reltio allows.'
      : `VS Code cannot wait for your browser: ${portIn(failure)} is taken on this computer${nodeCodeIn(failure)}, maybe by a ` +
        'sign-in in another window. Close that and try again, or use "Paste the callback instead" above.',
  localProxyPortTaken: (failure) => {
    const where = `${(failure.port ?? 0) === 0 ? 'its port' : `port ${failure.port}`}${nodeCodeIn(failure)}`;
    const why = isReserved(failure)
      ? `this computer reserves ${where}. Set`
      : `another program uses ${where}. Close that program, or set`;
    return `The local proxy cannot listen: ${why} reltioAuth.localProxy.port to another port, or to 0 for any free one.`;
  },
  localProxyStuck: () => 'The VS Code window that runs the local proxy does not respond. Close or reload it.',
  workspaceNotTrusted: () =>
    'The local proxy starts only in a trusted workspace. Run the command again once this one is trusted.',
  windowOutdated: outdatedSentence,
  untrustedHost: (failure) =>
    `${hostIn(failure)} is not a trusted host, so nothing was sent to it. If it is yours, add it to reltioAuth.trustedHosts.`,
} satisfies Readonly<Record<FailureCodeOf<'offline' | 'setup'>, Sentence>>;
