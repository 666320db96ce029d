import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * VS Code writes all log files, those of extensions too, with a compiled module. Without a compiler the module is missing,
 * and VS Code silently writes no logs. This replacement writes the same lines in plain JavaScript, so that tests can show
 * the log of an extension and search it for secrets.
 */
const INDEX = `'use strict';
const fs = require('fs');
const path = require('path');
const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

class Logger {
  constructor(file) {
    this.file = file;
    this.level = 2;
    this.formatted = true;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, '');
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.formatted = true; }
  clearFormatters() { this.formatted = false; }
  flush() {}
  drop() {}
  write(level, message) {
    if (level < this.level) return;
    const now = new Date();
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString();
    const time = local.slice(0, 10) + ' ' + local.slice(11, 23);
    fs.appendFileSync(this.file, this.formatted ? time + ' [' + LEVELS[level] + '] ' + message + '\\n' : message);
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
}

exports.version = 0;
exports.setLevel = function setLevel() {};
exports.setFlushOn = function setFlushOn() {};
exports.Logger = Logger;
exports.createRotatingLogger = async function createRotatingLogger(name, file) { return new Logger(file); };
exports.createAsyncRotatingLogger = async function createAsyncRotatingLogger(name, file) { return new Logger(file); };
`;

/** `server` is the folder of VS Code's `out/server-main.js`. */
export function writeLogWriter(server: string): void {
  writeFileSync(join(server, 'node_modules/@vscode/spdlog/index.js'), INDEX);
}
