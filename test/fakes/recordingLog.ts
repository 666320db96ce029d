import type { Log, LogFields } from '../../src/core/base/log';

export interface LogLine {
  readonly level: 'info' | 'warn';
  readonly event: string;
  readonly fields: LogFields;
}

export class RecordingLog implements Log {
  readonly lines: LogLine[] = [];

  info(event: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', event, fields });
  }

  warn(event: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', event, fields });
  }

  get text(): string {
    return JSON.stringify(this.lines);
  }
}
