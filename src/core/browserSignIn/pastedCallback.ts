/** What a text is that the user pasted instead of a callback. */
export type NoCallback =
  /** The page on which Reltio says that the redirect address is not on its list (docs/reltio.md, R22). */
  | 'redirectRefused'
  /** An address without a code: the browser is not yet, or no longer, where the sign-in ends. */
  | 'noCode'
  /** Neither an address nor a code. */
  | 'notACode';

/** The longest text that is read (characters). */
const maxLength = 16_384;

/**
 * The query of a pasted address, or of a bare code. An address may have lost its scheme, have gained line breaks or quotes,
 * or consist of its query alone.
 */
export function pastedCallback(text: string): URLSearchParams | NoCallback {
  const pasted = text
    .slice(0, maxLength)
    .replace(/[\r\n]+\s*/g, '')
    .trim()
    .replace(/^["'<]+|["'>]+$/g, '');
  const [address = ''] = pasted.split('#');
  const query = queryOf(address);
  if (query === undefined && !looksLikeAddress(address)) {
    return /^[\x21-\x7E]{4,}$/.test(pasted) ? bareCode(pasted) : 'notACode';
  }
  const parameters = new URLSearchParams(query);
  if (parameters.has('code') || parameters.has('error')) {
    return parameters;
  }
  return parameters.get('id') === 'redirectUrlNotAllowed' ? 'redirectRefused' : 'noCode';
}

function queryOf(address: string): string | undefined {
  const start = address.indexOf('?');
  if (start >= 0) {
    return address.slice(start + 1);
  }
  return /^(state|iss)=|(^|&)(code|error)=/.test(address) ? address : undefined;
}

/** A code that was cut out of an address is encoded as it was there, and the rest of the address may follow it. */
function bareCode(text: string): URLSearchParams {
  return new URLSearchParams(`code=${text.replaceAll('+', '%2B')}`);
}

function looksLikeAddress(text: string): boolean {
  return (
    /^[a-z][a-z\d+.-]*:\/\//i.test(text) ||
    /^([\w-]+(\.[\w-]+)+(:\d+)?|[\w-]+:\d+)\//.test(text) ||
    /^localhost\b/i.test(text)
  );
}
