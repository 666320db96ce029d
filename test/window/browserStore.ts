import type { Page } from 'playwright-core';

/** Everything that the page stores in localStorage, sessionStorage, cookies and IndexedDB, as one text. */
export function dumpBrowserStore(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const request = <T>(what: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        what.onsuccess = () => resolve(what.result);
        what.onerror = () => reject(what.error ?? new Error('IndexedDB'));
      });
    const plain = (_: string, value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
      return value;
    };
    const databases: Record<string, Record<string, unknown>> = {};
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await request(indexedDB.open(name));
      const stores: Record<string, unknown> = {};
      for (const store of database.objectStoreNames) {
        const content = database.transaction(store).objectStore(store);
        stores[store] = [await request(content.getAllKeys()), await request(content.getAll())];
      }
      database.close();
      databases[name] = stores;
    }
    const areas = { localStorage: { ...localStorage }, sessionStorage: { ...sessionStorage }, cookie: document.cookie };
    return JSON.stringify({ ...areas, databases }, plain);
  });
}
