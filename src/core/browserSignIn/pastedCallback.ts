import { unwrapped } from '../base/pastedText';

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
 * come from the source of a page, or consist of its query alone.
 */
export function pastedCallback(text: string): URLSearchParams | NoCallback {
  const pasted = unwrapped(text.slice(0, maxLength).replace(/[\r\n]+\s*/g, '')).replaceAll('&amp;', '&');
  const [address = '', fragment = ''] = pasted.split('#');
  const query = address.slice(address.indexOf('?') + 1);
  const callback = [query, fragment].find((one) => /(^|&)(code|error)=/.test(one));
  if (callback !== undefined) {
    const [parameters = ''] = callback.split(/\s/); // what follows a blank is not of the address
    return new URLSearchParams(parameters);
  }
  if (address.includes('?') || looksLikeAddress(address)) {
    return new URLSearchParams(query).get('id') === 'redirectUrlNotAllowed' ? 'redirectRefused' : 'noCode';
  }
  return /^[\x21-\x7E]{4,}$/.test(address) ? bareCode(address) : 'notACode';
}

/** A code that was copied out of an address is still encoded, and `&state=…` may follow it. */
function bareCode(text: string): URLSearchParams {
  return new URLSearchParams(`code=${text.replaceAll('+', '%2B')}`);
}

function looksLikeAddress(text: string): boolean {
  return (
    /^[a-z][a-z\d+.-]*:\/\//i.test(text) ||
    /^[\w-]+((\.[\w-]+)+(:\d+)?|:\d+)\//.test(text) ||
    /^(localhost\b|about:)/i.test(text) ||
    /^(code|state|iss)=/.test(text)
  );
}
