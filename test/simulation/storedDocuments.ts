import { isDeepStrictEqual } from 'node:util';
import { parseJsonObject } from '../../src/core/base/json';
import type { Session } from '../../src/core/model/session';
import { readDocument, type ReadDocument } from '../../src/core/storage/documentFormat';
import { sessionFormat, type SessionDocument } from '../../src/core/storage/sessionDocument';
import type { SessionStore } from '../../src/core/storage/sessionStore';
import { methods } from '../../src/features/signIn/methods/methods';

const format = sessionFormat(methods);
/** Each window may have stored one that is not durable yet. */
const kept = 32;

/**
 * Reads documents for the rules and for all windows, each once: it is stored by a window, durable later, read by every
 * window, and then replaced by the next. Nobody changes a document that was read. A session or an account that has
 * not changed is the same object in each, so that nobody has to compare what is in it.
 */
export class StoredDocuments {
  private readonly latest = new Map<string, ReadDocument<SessionDocument>>();
  private readonly sessions = new Map<string, Session>();

  read(text: string | undefined): SessionDocument | undefined {
    const document = text === undefined ? undefined : this.parse(text);
    return document?.kind === 'ok' ? document.value : undefined;
  }

  /** Lets a window read what another one has read, with the code of the window. */
  shareWith(store: SessionStore): void {
    store['announced']['document']['parse'] = (text) => this.parse(text);
  }

  private parse(text: string): ReadDocument<SessionDocument> {
    const known = this.latest.get(text);
    if (known !== undefined) {
      return known;
    }
    const [oldest = ''] = this.latest.size < kept ? [] : this.latest.keys();
    this.latest.delete(oldest);
    const json = parseJsonObject(text);
    const parsed: ReadDocument<SessionDocument> = json === undefined ? { kind: 'damaged' } : readDocument(json, format);
    const document =
      parsed.kind === 'ok'
        ? { ...parsed, value: { ...parsed.value, sessions: parsed.value.sessions.map((one) => this.asBefore(one)) } }
        : parsed;
    this.latest.set(text, document);
    return document;
  }

  private asBefore(session: Session): Session {
    const before = this.sessions.get(session.id);
    if (before !== undefined && isDeepStrictEqual(before, session)) {
      return before;
    }
    const isSameAccount = before !== undefined && isDeepStrictEqual(before.account, session.account);
    const now = isSameAccount ? { ...session, account: before.account } : session;
    this.sessions.set(session.id, now);
    return now;
  }
}
