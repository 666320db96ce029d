import assert from 'node:assert/strict';
import { callLine, parseCall, parseResult, protocolVersion, resultLine } from '../../../src/core/terminal/protocol';

describe('the protocol of reltio-token', () => {
  it('carries any arguments in one line', () => {
    const args = ['--account', 'Jürgen\n"\\\u2028', '', '💥', '\ud800'];
    const line = callLine('handle', args);
    assert.equal(line.indexOf('\n'), line.length - 1);
    assert.deepEqual(parseCall(line), { version: protocolVersion, handle: 'handle', arguments: args });
  });

  it('carries any result in one line', () => {
    const result = { stdout: 'token\n', stderr: 'a\r\nb', exit: 4 };
    const line = resultLine(result);
    assert.equal(line.indexOf('\n'), line.length - 1);
    assert.deepEqual(parseResult(line), result);
  });

  it('ignores what a newer side adds', () => {
    assert.deepEqual(parseCall('{"version":1,"handle":"h","arguments":[],"cwd":"/"}'), {
      version: 1,
      handle: 'h',
      arguments: [],
    });
    assert.deepEqual(parseResult('{"stdout":"","stderr":"","exit":0,"hint":1}'), { stdout: '', stderr: '', exit: 0 });
  });

  it('takes nothing else for a call or a result', () => {
    for (const line of [
      '',
      'null',
      '[]',
      '"x"',
      '{',
      '{}',
      '{"version":1,"handle":"h"}',
      '{"version":"1","handle":"h","arguments":[]}',
      '{"version":1,"handle":["h"],"arguments":[]}',
      '{"version":1,"handle":"h","arguments":[1]}',
      '{"version":1,"handle":"h","arguments":{"length":1}}',
      '{"__proto__":{"version":1,"handle":"h","arguments":[]}}',
    ]) {
      assert.equal(parseCall(line), undefined, line);
    }
    for (const exit of ['-1', '256', '1.5', '"0"', 'null', '1e400']) {
      assert.equal(parseResult(`{"stdout":"","stderr":"","exit":${exit}}`), undefined, exit);
    }
    assert.equal(parseResult('{"stdout":1,"stderr":"","exit":0}'), undefined);
  });
});
