type Stop = () => void | Promise<void>;

const stops = new Set<Stop>();
let listening = false;
let stopping: Promise<void> | undefined;

/**
 * Registers what has to be undone when the process exits: after `stopAll()`, Ctrl-C, SIGTERM or a closed terminal.
 * The last one registered is undone first. Returns a function that removes the registration.
 */
export function onStop(stop: Stop): () => void {
  listen();
  stops.add(stop);
  return () => {
    stops.delete(stop);
  };
}

export function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of [...stops].reverse()) {
      try {
        await stop();
      } catch (error) {
        console.error(`While stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    stops.clear();
    stopping = undefined;
  })();
  return stopping;
}

export function isStopping(): boolean {
  return stopping !== undefined;
}

/** Runs a script's main function, then undoes everything registered. The result of `main` is the exit code. */
export function runScript(main: () => Promise<number>): void {
  listen();
  stopWithParent();
  main()
    .catch((error: unknown) => {
      console.error(error instanceof ExpectedError ? error.message : error);
      return 1;
    })
    .then(async (code) => {
      await stopAll();
      process.exit(code);
    })
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
}

/** npm passes a SIGTERM to the shell between npm and us. The shell exits and does not pass it on. */
function stopWithParent(): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    void stopAll().finally(() => process.exit(143));
  }, 500);
  timer.unref();
}

/** An error whose message says enough, so that no stack is printed. */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
}

function listen(): void {
  if (listening) return;
  listening = true;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      // npm passes on a Ctrl-C that the terminal has sent too, so further ones are ignored; this limits the wait
      setTimeout(() => process.exit(code), 10_000).unref();
      void stopAll().finally(() => process.exit(code));
    });
  }
}
