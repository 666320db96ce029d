import * as vscode from 'vscode';
import type { Log, LogFields } from '../core/base/log';

/**
 * The fields that a log line may contain. Any other field is not written: fields are allowed by name, and values are
 * never searched for secrets.
 */
const shownFields: Readonly<Record<keyof LogFields, true>> = {
  session: true,
  host: true,
  code: true,
  status: true,
  nodeCode: true,
  method: true,
  environment: true,
  milliseconds: true,
  count: true,
  added: true,
  removed: true,
  changed: true,
  revision: true,
  secondsLeft: true,
  refusal: true,
  form: true,
  client: true,
  why: true,
};

export interface LogChannel extends Log, vscode.Disposable {
  show(): void;
}

/** VS Code's own log channel: the user sets its level, and VS Code keeps its file. The first line opens it. */
export function logChannel(): LogChannel {
  let opened: vscode.LogOutputChannel | undefined;
  const channel = (): vscode.LogOutputChannel =>
    (opened ??= vscode.window.createOutputChannel('Reltio Authentication', { log: true }));
  const write = (level: 'info' | 'warn', line: string): void => {
    try {
      channel()[level](line);
    } catch {
      // in a closing window, VS Code disposes of the channel before the last answers arrive, and the channel then throws
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

/** Text from a server or the system must not look like another line or field. */
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
