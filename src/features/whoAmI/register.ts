import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import type { WhoAmI } from './whoAmI';

/** The command that shows whose token is in use, and what it gives access to. */
export function register(core: Core, host: Host): vscode.Disposable {
  let whoAmI: WhoAmI | undefined;
  return vscode.Disposable.from(
    host.command(commandIds.whoAmI, async (sessionId, about) => {
      const session = await host.accountInUse.sessionFor(sessionId);
      about(session);
      const late = await import('./whoAmI');
      whoAmI ??= new late.WhoAmI(core, host);
      await host.environmentInUse.update();
      await whoAmI.run(session, host.environmentInUse.current);
    }),
    { dispose: () => whoAmI?.dispose() },
  );
}
