import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { untilAnswers, type Background } from '../../../scripts/process/background';

describe('a server in the background', () => {
  const never: Background = { ended: new Promise(() => undefined), output: () => '', stop: () => Promise.resolve() };

  it('is ready once it has the page, not when it begins to listen', async () => {
    const answers = [503, 404, 404, 200];
    const asked: number[] = [];
    const server = createServer((_request, response) => {
      const status = answers.shift() ?? 500;
      asked.push(status);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      await untilAnswers('a server', never, `http://127.0.0.1:${port}/`);
      assert.deepEqual(asked, [503, 404, 404, 200]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is not waited for once it has ended, and what it printed is quoted', async () => {
    const ended: Background = { ...never, ended: Promise.resolve(), output: () => 'no such option' };
    await assert.rejects(untilAnswers('a server', ended, 'http://127.0.0.1:1/'), /a server exited.*\nno such option/);
  });
});
