// The parts of undici that send a request, without its index, which would put a dispatcher on the global object that all
// extensions share (undici, `lib/global.js`), and add fetch, WebSocket and mocks. These paths are not documented, so
// the version is pinned, and test/core/network calls each of them.
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  export default Agent;
}
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export default Pool;
}
declare module 'undici/lib/dispatcher/proxy-agent.js' {
  import { ProxyAgent } from 'undici';
  export default ProxyAgent;
}
declare module 'undici/lib/api/api-connect.js' {
  import type { Dispatcher } from 'undici';
  /** The `connect` that undici's index adds to every dispatcher, and that ProxyAgent calls. */
  const connect: Dispatcher['connect'];
  export default connect;
}
