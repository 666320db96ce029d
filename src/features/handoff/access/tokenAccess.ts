import * as vscode from 'vscode';
import type { Core } from '../../../core/core';
import type { Account } from '../../../core/model/account';
import { contextKeys } from '../../../editor/commandIds';
import { contextKey } from '../../../editor/contextKey';
import type { Host } from '../../../editor/host';
import type { Environment } from '../../../editor/settings/environments';
import { environmentsOf } from '../../../editor/settings/environmentsOf';
import type { Allowance, Receiver } from './allowance';
import type { WorkspaceTokens } from './workspaceTokens';
import { SessionTokens } from './sessionTokens';
import { AskedAllowance } from './askedAllowance';
import { TokenAnswers, type TokenAnswer } from './tokenAnswers';

/** The tokens of this workspace for programs, and who may have them. One for each window. */
export interface TokenAccess {
  readonly tokens: WorkspaceTokens;
  readonly allowance: Allowance;
  /** What the user has answered, if they have. */
  answerOf(receiver: Receiver): TokenAnswer | undefined;
  /** @param answer undefined: the next use asks */
  change(receiver: Receiver, answer: TokenAnswer | undefined): Promise<void>;
  /** Ends what was allowed in this window. */
  forget(): void;
}

export function tokenAccess(core: Core, host: Host): TokenAccess {
  const { clock, log, forgottenAt } = core;
  const { workspaceState: memory, settings, environmentInUse, loadPrompt } = host;
  const answers = new TokenAnswers({ memory, forgottenAt, clock, log });
  /** A request file names the host that gets the token. A terminal may use it anywhere, whatever environment it names. */
  const productionFor = async (
    receiver: Receiver,
    account: Account,
    environment: Environment | undefined,
  ): Promise<readonly Environment[]> => {
    if (receiver === 'requestFiles' && environment !== undefined) {
      return environment.production ? [environment] : [];
    }
    const { environments } = await settings.read();
    const isNamed = environments.some(({ name, production }) => production && name === environment?.name); // now
    const isMeant = isNamed || environment?.production === true || (await environmentInUse.mayBeProduction(account));
    return isMeant ? environmentsOf(account, environments).filter(({ production }) => production) : [];
  };
  const allowance = new AskedAllowance({
    isTrusted: () => vscode.workspace.isTrusted,
    answers,
    productionFor,
    ask: async (question) => await (await loadPrompt()).choose(question),
    clock,
    log,
  });
  const tokens = new SessionTokens(core, host);
  const given = contextKey(contextKeys.tokenGiven);
  return {
    tokens: {
      find: (wanted) => tokens.find(wanted),
      fresh: async (wanted) => {
        const found = await tokens.fresh(wanted);
        given(true);
        return found;
      },
    },
    allowance,
    answerOf: (receiver) => answers.get(receiver),
    change: async (receiver, answer) => {
      allowance.forget();
      await answers.set(receiver, answer);
    },
    forget: () => {
      allowance.forget();
      answers.forget();
    },
  };
}
