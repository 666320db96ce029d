// The parts of undici that carry a request, without its index: that would put a dispatcher on the global object, which
// the extension host shares with everybody (undici, `lib/global.js`), and bring fetch, WebSocket and mocks along.
// The paths are not documented; the version is pinned, and test/core/network calls each of them.
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
  /** What the index hangs on every dispatcher as `connect`, and ProxyAgent calls there. */
  const connect: Dispatcher['connect'];
  export default connect;
}
declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';
  /** What the index hangs on every dispatcher as `request`. */
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}
