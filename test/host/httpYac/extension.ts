import { EOL } from 'node:os';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import * as library from 'httpyac';

interface HttpFile {
  readonly fileName: vscode.Uri;
}

/** What is used here of httpYac's library. */
interface Library {
  readonly io: Readonly<Record<'fileProvider' | 'userInteractionProvider' | 'log', object>>;
  readonly store: {
    readonly HttpFileStore: new () => {
      clear(): void;
      getOrCreate(file: vscode.Uri, text: () => Promise<string>, version: number, options: object): Promise<HttpFile>;
    };
  };
  send(context: object): Promise<boolean>;
  getVariables(context: object): Promise<Readonly<Record<string, unknown>>>;
}

/** An answer as httpYac shows it and keeps it in its history. */
interface Shown {
  readonly statusCode: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly request?: { readonly url: string; readonly headers?: Readonly<Record<string, unknown>> };
}

export interface Sent {
  readonly shown: readonly Shown[];
  /** What httpYac reports as failed. */
  readonly problems: readonly string[];
  /** All that its log would show, at the most detailed level. */
  readonly log: string;
  /** What it keeps of the variables until the next request. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What this stand-in adds to the API of the real extension, for tests. */
export interface StandIn {
  readonly httpyac: Library;
  readonly documentStore: { clear(): void };
  /** Does what "Send" does with all requests of the document. */
  send(document: vscode.TextDocument, config?: object): Promise<Sent>;
}

const httpyac = library as unknown as Library;

/** httpYac's library, given VS Code's files as the real extension does, behind the same exports. */
export function activate(): StandIn {
  useFilesOfVSCode();
  const files = new httpyac.store.HttpFileStore();
  return {
    httpyac,
    documentStore: {
      clear: () => {
        files.clear();
      },
    },
    send: async (document, config = {}) => {
      const lines: string[] = [];
      const options = {
        level: 0,
        logMethod: (_level: number, ...parts: unknown[]) => lines.push(parts.map(shownText).join(' ')),
      };
      Object.assign(httpyac.io.log, { options });
      const text = (): Promise<string> => Promise.resolve(document.getText());
      const httpFile = await files.getOrCreate(document.uri, text, document.version, { config });
      const shown: Shown[] = [];
      const problems: string[] = [];
      const context = {
        httpFile,
        config: { ...config, log: { level: 0 } },
        variables: {},
        logResponse: (
          response: Shown | undefined,
          region: { readonly testResults?: readonly { readonly message: string }[] },
        ) => {
          if (response !== undefined) shown.push(response);
          problems.push(...(region.testResults ?? []).map(({ message }) => message));
          return Promise.resolve();
        },
      };
      await httpyac.send(context);
      return { shown, problems, log: lines.join('\n'), variables: context.variables };
    },
  };
}

function useFilesOfVSCode(): void {
  const uriOf = (path: vscode.Uri | string): vscode.Uri => (typeof path === 'string' ? vscode.Uri.file(path) : path);
  const read = async (path: vscode.Uri | string): Promise<Buffer> =>
    Buffer.from(await vscode.workspace.fs.readFile(uriOf(path)));
  Object.assign(httpyac.io.fileProvider, {
    EOL,
    isAbsolute: (path: vscode.Uri | string) => Promise.resolve(typeof path !== 'string' || isAbsolute(path)),
    dirname: (path: vscode.Uri | string) => vscode.Uri.joinPath(uriOf(path), '..'),
    hasExtension: (path: vscode.Uri | string, ...extensions: readonly string[]) =>
      extensions.some((one) => uriOf(path).path.endsWith(one)),
    joinPath: (path: vscode.Uri | string, ...parts: readonly string[]) => vscode.Uri.joinPath(uriOf(path), ...parts),
    exists: async (path: vscode.Uri | string) =>
      await vscode.workspace.fs.stat(uriOf(path)).then(
        () => true,
        () => false,
      ),
    readFile: async (path: vscode.Uri | string) => (await read(path)).toString('utf8'),
    readBuffer: read,
    readdir: async (path: vscode.Uri | string) =>
      (await vscode.workspace.fs.readDirectory(uriOf(path))).map(([name]) => name),
    fsPath: (path: vscode.Uri | string) => uriOf(path).fsPath,
  });
  Object.assign(httpyac.io.userInteractionProvider, { isTrusted: () => vscode.workspace.isTrusted });
}

/** As the real extension writes objects to its log. */
function shownText(value: unknown): string {
  if (value instanceof Error) return `${value.message}\n${value.stack ?? ''}`;
  const seen = new Set<unknown>();
  return typeof value === 'string'
    ? value
    : (JSON.stringify(value, (_key, inner: unknown) => {
        if (typeof inner !== 'object' || inner === null) return inner;
        if (seen.has(inner)) return undefined;
        seen.add(inner);
        return inner;
      }) ?? '');
}
