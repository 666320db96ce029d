import * as l10n from '@vscode/l10n';
import { goneSessions } from '../../../core/history/goneSessions';
import { displayText } from '../../../core/base/displayText';
import { accountLabel } from '../../../core/model/account';
import { describe } from '../../../editor/messages/messages';
import { timeText } from '../../../editor/messages/timeText';
import { whyText, type Past } from '../../../editor/messages/whyText';
import type { Mark } from '../../../editor/page/mark';
import { environmentRow } from '../environmentText';
import { localProxyAccounts, localProxyText } from '../localProxy/localProxyText';
import { chooseText, type StatusState } from '../state';
import { sessionMark, sessionRows, type Row } from './sessionRows';

export type InUse = Pick<StatusState, 'session' | 'question' | 'environment' | 'hasSeveralEnvironments'>;

/** What is shown of all sessions, without a secret. */
export interface Details {
  readonly title: string;
  /** Sentences about what is wrong with all of them. */
  readonly problems: readonly string[];
  /** Groups of lines about what is in use. */
  readonly inUse: readonly (readonly string[])[];
  readonly sessions: readonly SessionDetails[];
  /** The accounts that are no longer signed in, and why. */
  readonly gone: readonly Row[];
  /** What to do, if there is no session. */
  readonly start: string | undefined;
}

interface SessionDetails {
  /** The label of the account. */
  readonly account: string;
  readonly mark: Mark;
  readonly rows: readonly Row[];
}

const noPast: Past = { entries: [], refreshTokenDays: 28 };

/** Pure. */
export function detailsOf(states: readonly StatusState[], inUse: InUse, now: number, past: Past = noPast): Details {
  const { problem, localProxy } = states[0] ?? {}; // they are the same in all states
  const problems = problem === undefined ? [] : [describe(problem)];
  const sessions = states.flatMap((state) =>
    state.session === undefined
      ? []
      : [
          {
            account: accountLabel(state.session.account),
            mark: sessionMark(state, state.session, now),
            rows: sessionRows(state, state.session, now, whyText(state.session, now, past)),
          },
        ],
  );
  return {
    title: l10n.t('Reltio sessions, {0}', timeText(now, now)),
    problems,
    inUse: [inUseText(inUse), proxyText(localProxy, now)].filter((lines) => lines.length > 0),
    sessions,
    gone: goneSessions(
      past.entries,
      sessions.map(({ account }) => account),
    ).map(({ id, account }) => [displayText(account), whyText(id, now, past) ?? '']),
    start:
      sessions.length + problems.length === 0 ? l10n.t('You are not signed in. Run "Reltio: Sign In".') : undefined,
  };
}

/** The title above the accounts that are gone. */
export function goneTitle(): string {
  return l10n.t('No longer signed in');
}

/** The account and the environment that this workspace uses, or how to choose one. */
function inUseText({ session, question, ...environments }: InUse): readonly string[] {
  if (session === undefined) {
    return question === undefined
      ? []
      : [
          [
            l10n.t('In use in this workspace: none.'),
            chooseText(question.signedOutAccount),
            l10n.t('Run "Reltio: Switch Account".'),
          ].join(' '),
        ];
  }
  const environment = environmentRow(environments);
  const account = l10n.t('In use in this workspace: {0}', accountLabel(session.account));
  if (environment === undefined) {
    return [account];
  }
  const toChoose = environments.environment === undefined ? [l10n.t('Run "Reltio: Switch Environment".')] : [];
  return [account, [l10n.t('Environment: {0}.', environment), ...toChoose].join(' ')];
}

function proxyText(view: StatusState['localProxy'], now: number): readonly string[] {
  return view === undefined ? [] : [localProxyText(view, now), ...localProxyAccounts(view).map((line) => `  ${line}`)];
}
