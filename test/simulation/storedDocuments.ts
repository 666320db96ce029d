import { parseJsonObject } from '../../src/core/base/json';
import { readDocument } from '../../src/core/storage/documentFormat';
import { sessionFormat, type SessionDocument } from '../../src/core/storage/sessionDocument';
import { methods } from '../../src/features/signIn/methods/methods';

const format = sessionFormat(methods);
/** Each window may have stored one that is not durable yet. */
const kept = 32;

/** Reads documents for the rules, each once: it is stored by a window, durable later, and then replaced by the next. */
export class StoredDocuments {
  private readonly latest = new Map<string, SessionDocument | undefined>();

  read(text: string | undefined): SessionDocument | undefined {
    if (text === undefined) {
      return undefined;
    }
    if (!this.latest.has(text)) {
      const [oldest = ''] = this.latest.size < kept ? [] : this.latest.keys();
      this.latest.delete(oldest);
      this.latest.set(text, parse(text));
    }
    return this.latest.get(text);
  }
}

function parse(text: string): SessionDocument | undefined {
  const json = parseJsonObject(text);
  const document = json === undefined ? undefined : readDocument(json, format);
  return document?.kind === 'ok' ? document.value : undefined;
}
