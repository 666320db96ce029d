import { within, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import { parseJsonObject } from '../base/json';
import type { Log } from '../base/log';
import { readDocument, writeDocument, type DocumentFormat, type ReadDocument } from './documentFormat';
import type { SecretStore } from './secretStore';

/**
 * The content of a key in the secret storage. A `damaged` document has been copied to the quarantine key and may be
 * overwritten. A `newer` one was written by a newer version of this extension and must not be touched.
 */
export type Stored<T> = { readonly kind: 'absent' } | ReadDocument<T>;

/** A keyring may never answer, and other windows wait while this one reads before a write (milliseconds). */
const keyringTimeout = 5_000;

/** One versioned JSON document under one key, so that a write is atomic and causes one event. */
export class SecretDocument<T extends object> {
  /** Every change in any window makes every window read, mostly what it has read before. */
  private last: { readonly text: string; readonly document: ReadDocument<T> } | undefined;

  constructor(
    private readonly secrets: SecretStore,
    private readonly log: Log,
    private readonly format: DocumentFormat<T>,
  ) {}

  get key(): string {
    return this.format.key;
  }

  /**
   * Upgrades an older document in memory only: the next write replaces the stored one.
   *
   * @throws {Failure} `sessionsUnreadable`
   */
  async read(): Promise<Stored<T>> {
    try {
      return await this.readOrThrow();
    } catch {
      throw new Failure('sessionsUnreadable'); // not the error of the secret storage, which may quote a secret
    }
  }

  /** As `read`, but fails too if the secret storage does not answer in time. */
  async readInTime(clock: Clock): Promise<Stored<T>> {
    return await within(clock, keyringTimeout, this.read(), () => {
      throw new Failure('sessionsUnreadable');
    });
  }

  /**
   * @throws what the secret storage throws, which may quote its input: never show or log it
   */
  async write(value: T): Promise<void> {
    await this.secrets.store(this.key, writeDocument(value, this.format));
  }

  private async readOrThrow(): Promise<Stored<T>> {
    const text = await this.secrets.get(this.key);
    if (text === undefined || text === '') {
      this.last = undefined;
      return { kind: 'absent' };
    }
    const document = this.last?.text === text ? this.last.document : this.parse(text);
    this.last = { text, document };
    if (document.kind === 'newer') {
      this.log.warn(`${this.key}: written by a newer version`);
    }
    if (document.kind === 'damaged') {
      await this.quarantine(text);
    }
    return document;
  }

  private parse(text: string): ReadDocument<T> {
    const json = parseJsonObject(text);
    return json === undefined ? { kind: 'damaged' } : readDocument(json, this.format);
  }

  /**
   * Keeps a copy of a document that cannot be read, so that nothing is lost when it is overwritten.
   *
   * @throws what the secret storage throws; then there is no copy, and the document must not be overwritten
   */
  private async quarantine(text: string): Promise<void> {
    this.log.warn(`${this.key}: damaged, kept under ${this.key}.damaged`);
    try {
      if ((await this.secrets.get(`${this.key}.damaged`)) !== text) {
        await this.secrets.store(`${this.key}.damaged`, text);
      }
    } catch (error) {
      this.log.warn(`${this.key}: damaged, and not kept`);
      throw error;
    }
  }
}
