import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds, contextKeys } from '../../editor/commandIds';
import { contextKey } from '../../editor/contextKey';
import type { Host } from '../../editor/host';
import type { Page } from '../../editor/page/page';
import { SessionItem } from './sessionItem';
import { Status } from './status';

/** The status bar item, its menu, the session details, and the context keys for `when` clauses. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { sessions, clock, log, history } = core;
  const { accountInUse, environmentInUse, settings, copied, localProxy } = host;
  const status = new Status(
    sessions,
    accountInUse,
    environmentInUse,
    () => settings.value('refreshTokenDays'),
    () => copied.current,
    () => localProxy.current,
    host.methods,
  );
  let details: Page | undefined;
  const detailsPage = async (): Promise<Page> => {
    await sessions.list();
    const late = await import('./details/detailsPage');
    return (details ??= late.detailsPage(status, clock, history, () => settings.value('refreshTokenDays')));
  };
  const item = new SessionItem(
    clock,
    () => status.inUse,
    () => (settings.value('statusBar.click') === 'menu' ? commandIds.showMenu : commandIds.refreshToken),
  );
  const isSignedIn = contextKey(contextKeys.signedIn);
  const hasCopied = contextKey(contextKeys.copied);
  const show = (): void => {
    item.show();
    details?.update();
    isSignedIn(sessions.known.length > 0);
    hasCopied(copied.current !== undefined);
  };
  void core.load().then(() => {
    item.start();
    show();
    import('./afterStart').then(
      async ({ tooltipText, tooltipCommands, closeLeftPages }) => {
        item.explain({ tooltipText, tooltipCommands });
        await closeLeftPages();
      },
      () => {
        log.warn('status bar: no tooltip'); // for example after an update of this extension, until the window is reloaded
      },
    );
  });
  return vscode.Disposable.from(
    item,
    { dispose: () => details?.dispose() },
    host.command(commandIds.showMenu, async () => {
      await sessions.list();
      const { showMenu } = await import('./showMenu');
      await showMenu(status.inUse, sessions.known, accountInUse, clock.now());
    }),
    host.command(commandIds.showDetails, async () => {
      await (await detailsPage()).show();
    }),
    host.command(commandIds.copyDetails, async () => {
      await (await detailsPage()).copy();
    }),
    { dispose: core.onDidChangeSessions(show) },
    { dispose: core.onDidChangeActivity(show) },
    { dispose: accountInUse.onDidChange(show) },
    { dispose: environmentInUse.onDidChange(show) },
    settings.onDidChange(show),
    copied.onDidChange(show),
    localProxy.onDidChange(show),
  );
}
