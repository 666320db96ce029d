import { parseJsonObject } from '../base/json';
import type { Log } from '../base/log';
import type { SecretStore } from './secretStore';

/** What a key of the secret storage holds. */
export type Stored<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'ok'; readonly value: T }
  /** Moved to the quarantine key; the place is free for a new document. */
  | { readonly kind: 'damaged' }
  /** Written by a newer version of this extension: not to be touched. */
  | { readonly kind: 'newer' };

/** The version that this code writes, at the top level of each document. */
export const documentVersion = 1;

/** One versioned JSON document under one key: atomic to write, one event, one shape. */
export class SecretDocument<T extends object> {
  constructor(
    private readonly secrets: SecretStore,
    private readonly log: Log,
    readonly key: string,
    /** Undefined where the JSON is not a `T`. */
    private readonly parse: (json: Readonly<Record<string, unknown>>) => T | undefined,
  ) {}

  async read(): Promise<Stored<T>> {
    const text = await this.secrets.get(this.key);
    if (text === undefined || text === '') {
      return { kind: 'absent' };
    }
    const json = parseJsonObject(text);
    const version = json?.['version'];
    if (typeof version === 'number' && version > documentVersion) {
      this.log.warn(`${this.key}: written by a newer version`);
      return { kind: 'newer' };
    }
    const value = json === undefined || version !== documentVersion ? undefined : this.parse(json);
    if (value === undefined) {
      await this.quarantine(text);
      return { kind: 'damaged' };
    }
    return { kind: 'ok', value };
  }

  async write(value: T): Promise<void> {
    await this.secrets.store(this.key, JSON.stringify({ version: documentVersion, ...value }));
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
