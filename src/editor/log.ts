import * as vscode from 'vscode';
import type { Log, LogFields } from '../core/base/log';

/**
 * The fields that a line may show. A field that is not listed here is not written, whatever the caller passes: what
 * is logged is decided by name, never by looking for secrets in values.
 */
const shownFields: Readonly<Record<keyof LogFields, true>> = {
  session: true,
  host: true,
  code: true,
  status: true,
  nodeCode: true,
  method: true,
  milliseconds: true,
  count: true,
  added: true,
  removed: true,
  changed: true,
  revision: true,
  secondsLeft: true,
  form: true,
  client: true,
  why: true,
};

export interface LogChannel extends Log, vscode.Disposable {
  show(): void;
}

/** VS Code's own log channel: the user sets its level, and VS Code keeps its file. Opened at the first line. */
export function logChannel(): LogChannel {
  let opened: vscode.LogOutputChannel | undefined;
  const channel = (): vscode.LogOutputChannel =>
    (opened ??= vscode.window.createOutputChannel('Reltio Authentication', { log: true }));
  const write = (level: 'info' | 'warn', line: string): void => {
    try {
      channel()[level](line);
    } catch {
      // VS Code disposes of the channel, which then throws, before the last answers of a closing window have come
    }
  };
  return {
    info: (event, fields) => {
      write('info', logLine(event, fields));
    },
    warn: (event, fields) => {
      write('warn', logLine(event, fields));
    },
    show: () => {
      channel().show(true);
    },
    dispose: () => {
      opened?.dispose();
    },
  };
}

/** What a server or the system put into a code or a host name must not look like a line or a field of its own. */
function oneWord(text: string): string {
  return text.replace(/[\s\p{C}]/gu, '_');
}

/** `refresh: done session=4f… milliseconds=120` */
export function logLine(event: string, fields: LogFields = {}): string {
  const shown = Object.entries(fields)
    .filter(([name, value]) => Object.hasOwn(shownFields, name) && value !== undefined)
    .map(([name, value]) => `${name}=${oneWord(String(typeof value === 'number' ? Math.round(value) : value))}`);
  return [event, ...shown].join(' ');
}
