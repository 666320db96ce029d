import * as l10n from '@vscode/l10n';
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
    l10n.t('{0} was not found{1}. Check the address, your network and your VPN.', hostIn(failure), nodeCodeIn(failure)),
  proxy: proxyText,
  timeout: (failure) =>
    l10n.t('{0} did not answer in time. Check your network and VPN, then try again.', hostIn(failure)),
  tls: tlsText,
  unreachable: unreachableText,
  proxySetting: () =>
    `${l10n.t('The proxy address in reltioAuth.network.proxy, "http.proxy" or HTTPS_PROXY cannot be used.')} ${proxySpelling()}`,
  caFile: (failure) =>
    l10n.t(
      'The file in reltioAuth.network.caFile cannot be used{0}. Set the full path of a PEM file with certificates.',
      nodeCodeIn(failure),
    ),
  clientCertificate: (failure) =>
    failure.nodeCode === 'NOT_SET'
      ? l10n.t(
          'No client certificate is set. First set the paths of its two files, "cert" and "key", in reltioAuth.network.clientCertificate.',
        )
      : l10n.t(
          'The files in reltioAuth.network.clientCertificate cannot be used{0}. Set the full paths of the PEM files with the certificate and its key.',
          nodeCodeIn(failure),
        ),
  otherServer: (failure) =>
    l10n.t(
      'A different server now answers at {0} than when you signed in, so no secret was sent to it. If it is yours, sign in again; otherwise stop it.',
      hostIn(failure),
    ),
  passphrase: () =>
    l10n.t(
      'The key of your client certificate needs its passphrase. Run "Reltio: Enter Client Certificate Passphrase", then try again.',
    ),
  noEnvironment: () =>
    l10n.t('There is no Reltio environment for this account yet. Run "Reltio: Add Environment" to set one up.'),
  environmentUnknown: (failure) =>
    failure.names.length === 0
      ? l10n.t('No environment has this name. "Reltio: Add Environment" in VS Code sets one up.')
      : l10n.t('No environment has this name. Use one of these{0}.', namesIn(failure)),
  tokensNeedTrust: () => l10n.t('This workspace is not trusted, so it gets no tokens. Trust it in VS Code first.'),
  settingsNotWritten: () =>
    l10n.t(
      'VS Code could not add the environment to your settings. If settings.json is open, correct and save it, then try again.',
    ),
  fileNotSaved: (failure) =>
    l10n.t('The file could not be written there{0}. Run the command again for another place.', nodeCodeIn(failure)),
  portBusy: (failure) =>
    isReserved(failure)
      ? l10n.t(
          'VS Code cannot wait for your browser: this computer reserves port {0}{1}. Use "{2}" above, or set ' +
            'reltioAuth.browserSignIn.redirectUri to another address that Reltio allows.',
          portIn(failure),
          nodeCodeIn(failure),
          l10n.t('Paste the callback instead'),
        )
      : l10n.t(
          'VS Code cannot wait for your browser: port {0} is taken on this computer{1}, maybe by a sign-in in another ' +
            'window. Close that and try again, or use "{2}" above.',
          portIn(failure),
          nodeCodeIn(failure),
          l10n.t('Paste the callback instead'),
        ),
  localProxyPortTaken: (failure) => {
    const code = nodeCodeIn(failure);
    if ((failure.port ?? 0) === 0) {
      return isReserved(failure)
        ? l10n.t(
            'The local proxy cannot listen: this computer reserves its port{0}. Set reltioAuth.localProxy.port to another port, or to 0 for any free one.',
            code,
          )
        : l10n.t(
            'The local proxy cannot listen: another program uses its port{0}. Close that program, or set reltioAuth.localProxy.port to another port, or to 0 for any free one.',
            code,
          );
    }
    return isReserved(failure)
      ? l10n.t(
          'The local proxy cannot listen: this computer reserves port {0}{1}. Set reltioAuth.localProxy.port to another port, or to 0 for any free one.',
          portIn(failure),
          code,
        )
      : l10n.t(
          'The local proxy cannot listen: another program uses port {0}{1}. Close that program, or set reltioAuth.localProxy.port to another port, or to 0 for any free one.',
          portIn(failure),
          code,
        );
  },
  localProxyStuck: () => l10n.t('The VS Code window that runs the local proxy does not respond. Close or reload it.'),
  workspaceNotTrusted: () =>
    l10n.t('The local proxy starts only in a trusted workspace. Run the command again once this one is trusted.'),
  windowOutdated: outdatedSentence,
  untrustedHost: (failure) =>
    l10n.t(
      '{0} is not a trusted host, so nothing was sent to it. If it is yours, add it to reltioAuth.trustedHosts.',
      hostIn(failure),
    ),
} satisfies Readonly<Record<FailureCodeOf<'offline' | 'setup'>, Sentence>>;
