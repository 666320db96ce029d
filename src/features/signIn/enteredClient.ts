import * as l10n from '@vscode/l10n';
import { looksLikeBasicHeader, parseBasicHeader, type Client } from '../../core/oauth/client';
import { displayText } from '../../core/base/displayText';
import { trimmed, unwrapped } from '../../core/base/pastedText';
import { headerIn } from './pastedHeader';
import { sentences } from '../../editor/messages/sentences';
import type { Submitted } from '../../editor/prompt/prompt';

function unreadableHeader(): string {
  return l10n.t('This is not a Basic header. Paste all of it, such as "Basic cmVsdGlv…", as Reltio sent it to you.');
}

function headerNotUtf8(next: string): string {
  return sentences(l10n.t('This Basic header cannot be read: the text in it is not encoded in UTF-8.'), next);
}

/** Reads the box for a Basic header. The sentence names the button in that box. */
export function clientFromHeader(text: string): Submitted<Client> {
  const client = parseBasicHeader(text);
  if (client === 'notUtf8') {
    return refused(headerNotUtf8(l10n.t('Use the button "{0}" above.', l10n.t('Enter client id and secret instead'))));
  }
  return client === undefined ? refused(unreadableHeader()) : accepted(client);
}

/** Reads the box for a client id: the id alone, or the whole Basic header. */
export function clientIdFrom(text: string): Submitted<string | Client> {
  const client = headerIn(text);
  if (client === 'notUtf8') {
    return refusedAndCleared(headerNotUtf8(l10n.t('Enter the client id alone; its secret comes next.')));
  }
  if (client !== undefined) {
    return accepted(client);
  }
  if (looksLikeBasicHeader(text)) {
    return refusedAndCleared(unreadableHeader());
  }
  const id = unwrapped(text);
  if (id.includes(':')) {
    return refusedAndCleared(l10n.t('Enter the client id alone, without a colon. Its secret comes next.'));
  }
  return /^[\x21-\x7E]+$/.test(id) ? accepted(id) : refused(l10n.t('Enter the client id: one word without a colon.'));
}

/** Reads the box for a client secret: the secret alone, or the whole Basic header of that client. */
export function clientFromSecret(id: string, text: string): Submitted<Client> {
  const secret = trimmed(text);
  if (secret === '') {
    return refused(l10n.t('Enter the client secret.'));
  }
  if (!looksLikeBasicHeader(secret)) {
    return accepted({ id, secret });
  }
  const pasted = parseBasicHeader(secret);
  if (pasted === 'notUtf8') {
    return refused(headerNotUtf8(l10n.t('Enter the secret of {0} alone.', displayText(id))));
  }
  return pasted?.id === id
    ? accepted(pasted)
    : refused(l10n.t('This Basic header is not one for client {0}. Enter the secret of {0}.', displayText(id)));
}

function accepted<T>(value: T): Submitted<T> {
  return { kind: 'accepted', value };
}

function refused(sentence: string): Submitted<never> {
  return { kind: 'refused', sentence };
}

/** For a readable box: a header contains a secret, and so does `id:secret`. */
function refusedAndCleared(sentence: string): Submitted<never> {
  return { kind: 'refused', sentence, clear: true };
}
