import { EventEmitter as NodeEmitter } from 'node:events';
import Module from 'node:module';

/** The two classes of VS Code that the provider itself uses. All that VS Code decides is tested in a real one. */
class EventEmitter<T> {
  private readonly emitter = new NodeEmitter();

  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.emitter.on('fire', listener);
    return { dispose: () => this.emitter.off('fire', listener) };
  };

  fire(value: T): void {
    this.emitter.emit('fire', value);
  }

  dispose(): void {
    this.emitter.removeAllListeners();
  }
}

class CancellationError extends Error {
  override readonly name = 'Canceled';
}

const internals = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = internals._load.bind(Module);
internals._load = (request, ...rest) =>
  request === 'vscode' ? { EventEmitter, CancellationError } : load(request, ...rest);
