import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Core } from '../../src/core/core';
import type { BrowserTools } from '../../src/features/signIn/browser/browserTools';

/** What a sign-in in the browser needs of this core, with a browser that cannot be opened. */
export function closedBrowser(core: Core): Omit<BrowserTools, 'redirect' | 'trusted'> {
  const { http, clock, clients } = core;
  return {
    http,
    clock,
    clients,
    open: () => Promise.resolve(false),
    copy: () => Promise.resolve(),
  };
}

/** A browser of which the user presses nothing: it follows redirects, and stops at the first page. */
export class FakeBrowser {
  /** The addresses that VS Code opened. */
  readonly opened: string[] = [];
  /** Where each visit ended, and the status there. */
  readonly ended: { readonly url: string; readonly status: number | 'unreachable' }[] = [];
  /** Whether it runs. */
  works = true;
  /** Changes the address of the last redirect, as a user or a page might. */
  changes = (url: string): string => url;

  readonly open = (url: string): Promise<boolean> => {
    this.opened.push(url);
    if (this.works) {
      void this.visit(url);
    }
    return Promise.resolve(this.works);
  };

  /** The query of the last address that was opened. */
  get query(): Record<string, string> {
    return Object.fromEntries(new URL(this.opened.at(-1) ?? 'none:').searchParams);
  }

  private async visit(url: string): Promise<void> {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
    const location = answer?.headers.get('location') ?? undefined;
    await answer?.text();
    if (location === undefined) {
      this.ended.push({ url, status: answer?.status ?? 'unreachable' });
    } else {
      await this.visit(this.changes(new URL(location, url).href));
    }
  }
}

/** A port of this machine at which nothing listens now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits for what happens at a server or in a browser. */
export async function until(isTrue: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 5_000; !isTrue();) {
    assert.ok(Date.now() < deadline, 'waited too long');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
