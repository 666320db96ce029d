'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { bundle } = require('./bundle.cjs');

/**
 * Builds for development, and again after each change in the folder of the entry. Prints what .vscode/tasks.json
 * expects: a line when a build starts and when it ends, and between them a line for each mistake.
 *
 * @param {Parameters<typeof bundle>[0] & { print?: (line: string) => void }} options
 * @returns {() => void} stops watching
 */
function watch({ print = console.log, ...options }) {
  let timer;
  let work = Promise.resolve();

  const build = async () => {
    print('Building …');
    const mistakes = await bundle({ ...options, dev: true }).then(() => [], mistakesOf);
    for (const mistake of mistakes) print(mistake);
    print(mistakes.length === 0 ? 'Built. Waiting for changes.' : 'Not built. Waiting for changes.');
  };
  const soon = () => {
    clearTimeout(timer);
    // editors write a file in several steps
    timer = setTimeout(() => (work = work.then(build)), 100);
  };
  const watcher = fs.watch(path.dirname(path.resolve(options.entry)), { recursive: true }, soon);
  soon();
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** @returns {string[]} `file:line:column: error: text` */
function mistakesOf(error) {
  const { errors } = error;
  if (!Array.isArray(errors)) return [error instanceof Error ? error.message : String(error)];
  return errors.map(({ text, location }) =>
    location === null
      ? `error: ${text}`
      : `${location.file}:${location.line}:${location.column + 1}: error: ${text.replaceAll('\n', ' ')}`,
  );
}

module.exports = { watch };
