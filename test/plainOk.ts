import assert from 'node:assert/strict';

const ok: typeof assert.ok = assert.ok;

/**
 * For a failed `assert.ok` without a message, Node parses the whole file of the test to quote the line, which takes up to minutes.
 * In what tsx has made of the file, it then quotes another line.
 */
assert.ok = (value: unknown, message: string | Error = 'not ok'): asserts value => {
  ok(value, message);
};
