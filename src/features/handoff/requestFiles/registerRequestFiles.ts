import * as vscode from 'vscode';
import type { Core } from '../../../core/core';
import type { Host } from '../../../editor/host';
import { httpYacId } from './httpYac';
import type { HttpYacVariables, LoadAccess } from './httpYacVariables';

/** The variables for request files, once httpYac is there: it may be installed later. */
export function registerRequestFiles(core: Core, host: Host, loadAccess: LoadAccess): vscode.Disposable {
  let late: Promise<HttpYacVariables> | undefined;
  const look = (): void => {
    if (vscode.extensions.getExtension(httpYacId) === undefined) {
      return;
    }
    late ??= import('./httpYacVariables').then(({ HttpYacVariables: Loaded }) => new Loaded(core, host, loadAccess));
    late.then(
      (variables) => variables.add(),
      (error: unknown) => {
        late = undefined;
        core.log.warn('request files: not prepared');
        host.noticeOutdated(error);
      },
    );
  };
  void core.load().then(look);
  return vscode.Disposable.from(vscode.extensions.onDidChange(look), {
    dispose: () => void late?.then((variables) => variables.dispose()),
  });
}
