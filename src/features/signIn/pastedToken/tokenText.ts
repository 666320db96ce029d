import * as l10n from '@vscode/l10n';
import { unwrapped } from '../../../core/base/pastedText';
import { looksLikeBasicHeader } from '../../../core/oauth/client';
import type { Submitted } from '../../../editor/prompt/prompt';

/** No token is shorter: Reltio's are UUIDs, or much longer. A shorter text is a password or a client secret (characters). */
const minTokenLength = 20;
/** A longer text is not a token, and would fill the secret storage (characters). */
const maxTokenLength = 65_536;

/** What stands before an access token: the name of its header, variable or field, and its type, with quotes around them. */
const names = /^(?:(?:authorization|bearer|(?!refresh|id_)[\w-]*token)["'`]?(?:\s*[:=]\s*|\s+)["'`]?)+/i;

/**
 * Reads an access token as users paste it: with `Authorization:` or `Bearer`, with quotes, white space and the line breaks
 * of the page or terminal that it was copied from. A text that cannot be a token is refused, so that it is not sent.
 */
export function tokenIn(text: string): Submitted<string> {
  if (looksLikeBasicHeader(text)) {
    return refused(l10n.t('This is a Basic header: a client id and secret, not a token. Paste an access token.'));
  }
  const token = unwrapped(`${unwrapped(text)} `.replace(names, '')).replace(/\s+/g, '');
  if (token === '') {
    return refused(l10n.t('Paste an access token.'));
  }
  // As in RFC 6750 section 2.1, but with several parts. With = elsewhere, it is a variable or a field and its value.
  if (!/^[\w~+/-]+=*(?:\.[\w~+/-]*=*)*$/.test(token)) {
    return refused(
      l10n.t('This is not an access token: it has characters that no token has. Paste the token and nothing else.'),
    );
  }
  if (token.length < minTokenLength) {
    return refused(l10n.t('This is too short for an access token. Paste the whole token and nothing else.'));
  }
  if (token.length > maxTokenLength) {
    return refused(l10n.t('This is too long for an access token. Paste the whole token and nothing else.'));
  }
  return { kind: 'accepted', value: token };
}

function refused(sentence: string): Submitted<never> {
  return { kind: 'refused', sentence, clear: true };
}
