import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { bundled } from './bundled';
import { RawConnection, sendRaw } from '../fakes/rawConnection';

/** As many open files as the process may have, where its system has such a limit. */
const maxFiles = 150;

if (process.platform !== 'win32') {
  describe('the local proxy in a process that can open no more files', () => {
    let worker: ChildProcess;
    let errors = '';
    before(() => {
      const command = `ulimit -n ${maxFiles} && exec "$0" "$@"`;
      worker = spawn('sh', ['-c', command, process.execPath, bundled('proxyServerWorker.ts')], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      worker.stderr?.on('data', (text: Buffer) => (errors += text.toString()));
    });
    after(() => worker.kill('SIGKILL'));

    it('goes on, and serves whoever has the key, while others keep opening connections', async () => {
      const [line] = (await once(worker.stdout!, 'data')) as [Buffer];
      const { port, key } = JSON.parse(line.toString()) as { port: number; key: string };
      const request = `GET /${key}/dev/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
      const crowd: RawConnection[] = [];
      const served: (number | undefined)[] = [];
      for (let round = 0; round < 5; round += 1) {
        crowd.push(
          ...(await Promise.all(Array.from({ length: maxFiles }, () => RawConnection.open('127.0.0.1', port)))),
        );
        served.push((await sendRaw('127.0.0.1', port, request)).status);
      }
      assert.equal(worker.exitCode, null, errors);
      assert.equal(errors, '');
      assert.deepEqual(served, [200, 200, 200, 200, 200]);
      for (const connection of crowd) connection.destroy();
    });
  });
}
