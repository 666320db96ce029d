import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import type { Diagnosis } from './diagnose';
import type { DiagnosisParts } from './examine';

/** The commands Diagnose Sign-In and Show Log, which show why a user cannot sign in. */
export function register(core: Core, host: Host): vscode.Disposable {
  let diagnosis: Diagnosis | undefined;
  const start = async (work: (diagnosis: Diagnosis, parts: () => Promise<DiagnosisParts>) => Promise<void>) => {
    const late = await import('./diagnose');
    diagnosis ??= new late.Diagnosis();
    await work(diagnosis, () => late.gather(core, host));
  };
  return vscode.Disposable.from(
    host.command(commandIds.diagnose, () => start((one, parts) => one.run(parts))),
    host.command(commandIds.copyDiagnosis, () => start((one, parts) => one.copy(parts))),
    host.command(commandIds.showLog, () => {
      host.log.show();
    }),
    { dispose: () => diagnosis?.dispose() },
  );
}
