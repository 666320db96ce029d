import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import type { Diagnosis } from './diagnose';

/** The commands Diagnose Sign-In and Show Log, which show why a user cannot sign in. */
export function register(core: Core, host: Host): vscode.Disposable {
  let diagnosis: Diagnosis | undefined;
  return vscode.Disposable.from(
    host.command(commandIds.diagnose, async () => {
      const late = await import('./diagnose');
      diagnosis ??= new late.Diagnosis();
      await diagnosis.run(() => late.gather(core, host));
    }),
    host.command(commandIds.showLog, () => {
      host.log.show();
    }),
    { dispose: () => diagnosis?.dispose() },
  );
}
