/** Why an address may not receive a secret. */
export type AddressProblem = 'notAnAddress' | 'credentialsInside' | 'moreThanAnOrigin' | 'notHttps' | 'notTrusted';

export type CheckedAddress =
  | { readonly ok: true; readonly origin: string; readonly host: string }
  | {
      readonly ok: false;
      readonly problem: AddressProblem;
      /** Undefined if what looks like the host may be a user name or part of a password. */
      readonly host: string | undefined;
    };

/** The suffixes under which hosts may receive secrets: lower case, no dot at either end. */
export type TrustedSuffixes = readonly string[];

export const defaultTrustedSuffixes: TrustedSuffixes = ['reltio.com'];

/**
 * Decides whether an address may receive a password, a token or a client secret: `https` on a trusted host, or plain
 * `http` on this machine.
 *
 * @param address an origin as users write it, such as `https://auth.reltio.com`
 */
export function checkAddress(address: string, trusted: TrustedSuffixes): CheckedAddress {
  const text = address.trim();
  if (!/^https?:\/\/[^/?#\\]/i.test(text) || !URL.canParse(text)) {
    return { ok: false, problem: 'notAnAddress', host: undefined };
  }
  const url = new URL(text);
  const host = withoutTrailingDot(url.hostname);
  if (!/^([a-z\d._-]+|\[[\da-f:.]+\])$/.test(host)) {
    return { ok: false, problem: 'notAnAddress', host: undefined }; // the host of a URL may contain `$(…)` and the like
  }
  const displayedHost = mayHoldCredentials(text) ? undefined : url.host;
  const refuse = (problem: AddressProblem): CheckedAddress => ({ ok: false, problem, host: displayedHost });
  if (url.username !== '' || url.password !== '') {
    return refuse('credentialsInside');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return refuse('moreThanAnOrigin');
  }
  if (!isLoopback(host)) {
    if (url.protocol !== 'https:') {
      return refuse('notHttps');
    }
    if (!isUnder(host, trusted)) {
      return refuse('notTrusted');
    }
  }
  const port = url.port === '' ? '' : `:${url.port}`;
  return { ok: true, origin: `${url.protocol}//${host}${port}`, host: `${host}${port}` };
}

/**
 * Whether a text may contain a user name and a password, even if they are parsed as something else: in
 * `https://jane:20#24@auth.reltio.com` the host is `jane`, in `https://ACME\jane:pw@auth.reltio.com` it is `acme`. No
 * part of such a text is shown.
 */
export function mayHoldCredentials(text: string): boolean {
  return /[@\\#?]/.test(text);
}

/** Like `checkAddress`, for a whole URL. */
export function mayReceiveSecrets(url: string, trusted: TrustedSuffixes): boolean {
  return URL.canParse('/', url) && checkAddress(new URL('/', url).href, trusted).ok;
}

/**
 * Whether a host is this machine (RFC 1122 section 3.2.1.3). Names below `localhost` are not: by RFC 6761 they should be,
 * but some resolvers ask the network for them.
 */
export function isLoopback(host: string): boolean {
  const name = withoutTrailingDot(host).toLowerCase();
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Whether a token of a server with `https` would go over plain `http` to this machine: no certificate says which program
 * listens there. Both are origins.
 */
export function wouldExpose(issuer: string, receiver: string): boolean {
  return issuer.startsWith('https:') && receiver.startsWith('http:');
}

/** Whether a host is one of the suffixes or below one, compared label by label. */
export function isUnder(host: string, suffixes: TrustedSuffixes): boolean {
  const name = withoutTrailingDot(host).toLowerCase();
  return suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}

/**
 * The normalised suffix, or undefined if the text is not one: at least two labels, no IP address, no port, no scheme.
 * `publicSuffix` decides whether it is a public suffix.
 */
export function normaliseSuffix(text: string): string | undefined {
  const bare = text.trim().replace(/^\*?\./, '');
  if (!/^[^\s/:@?#\\[\]*]+$/.test(bare) || !URL.canParse(`https://${bare}/`)) {
    return undefined;
  }
  const name = withoutTrailingDot(new URL(`https://${bare}/`).hostname);
  const labels = name.split('.');
  const isAddress = /^\d+$/.test(labels.at(-1) ?? '');
  // unlike a DNS name, the host of a URL may contain characters such as `$`
  const isName = /^[\w.-]+$/.test(name);
  return labels.length < 2 || labels.includes('') || isAddress || !isName ? undefined : name;
}

function withoutTrailingDot(host: string): string {
  return /[^.]\.$/.test(host) ? host.slice(0, -1) : host;
}
