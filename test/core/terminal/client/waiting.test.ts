import assert from 'node:assert/strict';
import { saying } from '../../../../src/core/terminal/client/clientSentences';
import { sayIfItTakesLong } from '../../../../src/core/terminal/client/waiting';
import { FakeClock } from '../../../fakes/fakeClock';

describe('reltio-token, while its window takes long', () => {
  async function written(isTTY: boolean, answeredAfter: number, sentences = ''): Promise<string> {
    const clock = new FakeClock();
    let text = '';
    const write = (part: string | Uint8Array): boolean => ((text += String(part)), true);
    const stop = sayIfItTakesLong(
      { isTTY, write },
      clock,
      saying(() => sentences),
    );
    await clock.pass(answeredAfter);
    stop();
    await clock.pass(60_000);
    return text;
  }

  it('tells a person where to look, once', async () => {
    assert.match(await written(true, 5_000), /^reltio-token: [^\n]*window[^\n]*question\.\n$/);
  });

  it('says it in the language of VS Code, on one line', async () => {
    const sentences = JSON.stringify({ waiting: 'VS Code\n\u001b[2J fragt etwas.' });
    assert.equal(await written(true, 5_000, sentences), 'reltio-token: VS Code \uFFFD[2J fragt etwas.\n');
  });

  it('says nothing when the answer comes soon, and never to a file or a pipe', async () => {
    assert.equal(await written(true, 1_000), '');
    assert.equal(await written(false, 5_000), '');
  });
});
