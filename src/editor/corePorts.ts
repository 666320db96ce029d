import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { bootedAt, systemClock as clock } from '../core/base/clock';
import type { Random } from '../core/base/random';
import type { CorePorts } from '../core/core';
import { callFolder } from '../core/calls/callFolder';
import { noHistory } from '../core/history/history';
import { openHistory } from '../core/history/openHistory';
import { noJournal } from '../core/journal/journal';
import { openJournal } from '../core/journal/openJournal';
import { noLock } from '../core/locking/noLock';
import { windowLock } from '../core/locking/windowLock';
import { checkedLocalServer } from '../core/network/checkedLocalServer';
import { RememberedState } from '../core/storage/rememberedState';
import { stateFile } from '../core/storage/stateFile';
import type { Editor } from './editor';
import { hasSignInTraces } from './signInTraces';

const random: Random = { id: randomUUID, fraction: Math.random };

/** The core's ports, implemented with VS Code. */
export function corePorts(editor: Editor, methods: CorePorts['methods']): CorePorts {
  const inBrowser = vscode.env.uiKind === vscode.UIKind.Web;
  const { folders, globalState, workspaceState, secrets, settings, network, log } = editor;
  const lock = folders === undefined ? noLock : windowLock(folders.locks, clock, random, log);
  return {
    secrets,
    stateFile: stateFile(folders?.root),
    remembered: new RememberedState(globalState, () => hasSignInTraces(globalState, workspaceState), log),
    methods,
    distrustEmptyState: inBrowser,
    lock,
    callFolder: folders === undefined ? undefined : callFolder(folders.calls),
    journal: folders === undefined ? noJournal : openJournal(folders.journal),
    history:
      folders === undefined ? noHistory : openHistory({ folder: folders.root, lock, clock, bootedAt, inBrowser }),
    http: checkedLocalServer(network, globalState),
    clock,
    random,
    log,
    isKeepAliveWanted: () =>
      settings.value('refresh') === 'keepAlive' && vscode.window.state.focused && vscode.window.state.active,
  };
}
