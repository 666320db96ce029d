import type { Writable } from 'node:stream';

export const httpYacId = 'anweber.vscode-httpyac';

/** A request as httpYac hands it to its hooks, as far as it is used here. */
export interface HttpYacRequest {
  /** `HTTP` for those that its HTTP client sends. */
  readonly protocol?: string;
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  noRedirect?: boolean;
  /** Options of got, the HTTP client; they win over those of the settings and of files in the workspace. */
  options?: {
    /** Opens the connection in place of Node. If it returns nothing, Node does. */
    request?: (url: unknown, options: unknown) => Writable | undefined;
    cache?: false;
  };
}

interface HookOrder {
  readonly before?: readonly string[];
}

/** The hooks of one file. */
export interface HttpYacHooks {
  readonly provideVariables: {
    addHook(id: string, provide: () => Promise<Readonly<Record<string, unknown>>>, order?: HookOrder): void;
  };
  readonly onRequest: {
    addInterceptor(interceptor: {
      readonly id: string;
      /** Runs after all hooks, so that the request has its final form. Nothing is sent if it rejects. */
      afterLoop(trigger: { readonly args: readonly [HttpYacRequest, ...unknown[]] }): Promise<boolean>;
    }): void;
  };
}

/** Called for each file that httpYac reads. */
export type HttpYacPlugin = (api: { readonly hooks: HttpYacHooks }) => void;

interface Completion {
  readonly name: string;
  readonly description: string;
}

/** What is used of httpYac's extension API, as of version 6.16. */
export interface HttpYac {
  readonly plugins: Record<string, HttpYacPlugin | undefined>;
  /** Suggestions after `{{`. */
  readonly suggestions: (() => readonly Completion[])[];
  /** Forgets the files that were read, so that they are read again with all plugins. */
  readonly readAgain: () => void;
}

/** Undefined if the extension exports something else: a future version may. */
export function httpYacFrom(exported: unknown): HttpYac | undefined {
  const plugins = memberOf(exported, 'httpyac', 'store', 'pluginStore');
  if (typeof plugins !== 'object' || plugins === null) {
    return undefined;
  }
  const suggestions = memberOf(exported, 'httpyac', 'io', 'completionItemProvider', 'variableProvider');
  const files = memberOf(exported, 'documentStore');
  return {
    plugins: plugins as HttpYac['plugins'],
    suggestions: Array.isArray(suggestions) ? (suggestions as HttpYac['suggestions']) : [],
    readAgain: () => {
      if (canClear(files)) files.clear();
    },
  };
}

function canClear(files: unknown): files is { clear: () => unknown } {
  return typeof memberOf(files, 'clear') === 'function';
}

function memberOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[name] : undefined,
    value,
  );
}
