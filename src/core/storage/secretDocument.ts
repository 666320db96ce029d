import { parseJsonObject } from '../base/json';
import type { Log } from '../base/log';
import { readDocument, writeDocument, type DocumentFormat, type ReadDocument } from './documentFormat';
import type { SecretStore } from './secretStore';

/**
 * What a key of the secret storage holds. A `damaged` document was copied to the quarantine key, and its place is free for
 * a new one. A `newer` one was written by a newer version of this extension and must not be touched.
 */
export type Stored<T> = { readonly kind: 'absent' } | ReadDocument<T>;

/** One versioned JSON document under one key: atomic to write, one event, one shape. */
export class SecretDocument<T extends object> {
  constructor(
    private readonly secrets: SecretStore,
    private readonly log: Log,
    private readonly format: DocumentFormat<T>,
  ) {}

  get key(): string {
    return this.format.key;
  }

  /** Upgrades an older document, and leaves it as it is: the next write replaces it. */
  async read(): Promise<Stored<T>> {
    const text = await this.secrets.get(this.key);
    if (text === undefined || text === '') {
      return { kind: 'absent' };
    }
    const json = parseJsonObject(text);
    const document: ReadDocument<T> = json === undefined ? { kind: 'damaged' } : readDocument(json, this.format);
    if (document.kind === 'newer') {
      this.log.warn(`${this.key}: written by a newer version`);
    }
    if (document.kind === 'damaged') {
      await this.quarantine(text);
    }
    return document;
  }

  async write(value: T): Promise<void> {
    await this.secrets.store(this.key, writeDocument(value, this.format));
  }

  /**
   * Keeps what cannot be understood, so that nothing is lost by it.
   *
   * @throws what the secret storage throws: then the document stays where it is, and nothing may be written in its place
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
