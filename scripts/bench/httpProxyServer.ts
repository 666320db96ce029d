import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import httpProxy from 'http-proxy';
import { ready, token } from './served';

const [, , target = ''] = process.argv;

/** `http-proxy` in the same role: it adds the token, keeps connections, and does nothing else. */
const proxy = httpProxy.createProxyServer({
  target,
  agent: new Agent({ keepAlive: true }),
  headers: { authorization: `Bearer ${token}` },
});
const server = createServer((request, response) => {
  proxy.web(request, response);
});
server.listen(0, '127.0.0.1', () => {
  ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
