import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { commandIds } from '../../../src/editor/commandIds';
import { clickCommand } from '../../../src/features/statusBar/click';
import { menuSections } from '../../../src/features/statusBar/menu';
import type { Condition, StatusState } from '../../../src/features/statusBar/state';
import { tooltipText } from '../../../src/features/statusBar/tooltip';
import { statusView } from '../../../src/features/statusBar/view';
import { monday } from '../../fakes/fakeClock';
import { jane, pastedSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { sampleProxyView, sampleState } from '../../fakes/sampleState';

const minute = 60_000;
const hour = 60 * minute;
const now = monday + 2 * hour;
const valid = sampleTokens({ accessTokenExpiresAt: now + 42 * minute, expiryKnownAt: now - minute });
const soon = sampleTokens({ accessTokenExpiresAt: now + 3 * minute, expiryKnownAt: now - minute });
const expired = sampleTokens();
const since = now - 10 * minute;

/** Every condition that the status bar shows. */
const conditions: Readonly<Record<Condition, Partial<StatusState>>> = {
  signedOut: { session: undefined },
  storeProblem: { session: undefined, problem: new Failure('storeNewer') },
  chooseAccount: { session: undefined, question: { signedOutAccount: jane } },
  signInAgain: { session: sampleSession({ state: 'signInAgain', tokens: withoutRefreshToken(expired) }) },
  pasteAgain: { session: pastedSession({ tokens: withoutRefreshToken(expired) }) },
  pasteSoon: { session: pastedSession({ tokens: withoutRefreshToken(soon) }) },
  signInSoon: { session: sampleSession({ state: 'signInAgain', tokens: withoutRefreshToken(valid) }) },
  keepsFailing: { session: sampleSession({ tokens: expired, refreshErrors: { from: now - 2 * hour, to: now - 1 } }) },
  tokenRejected: { session: sampleSession({ state: 'rejected', tokens: valid }) },
  clientRejected: { session: sampleSession({ state: 'clientRejected', tokens: expired }) },
  refreshing: { session: sampleSession({ tokens: valid }), isRefreshing: true },
  offline: { session: sampleSession({ tokens: valid }), outage: { failure: new Failure('dns'), since } },
  notRefreshing: {
    session: sampleSession({ tokens: expired }),
    outage: { failure: new Failure('serverError'), since },
  },
  expired: { session: sampleSession({ tokens: expired }) },
  renewSoon: { session: sampleSession({ tokens: valid }), refreshTokenExpiresAt: now + 24 * hour },
  expiring: { session: sampleSession({ tokens: soon }) },
  fresh: { session: sampleSession({ tokens: valid }) },
};

const states = Object.entries(conditions).map(([name, changes]) => ({ name, state: sampleState(changes) }));

describe('the status bar for those who do not see it, or not its colours', () => {
  it('is in each of its conditions', () => {
    for (const { name, state } of states) assert.equal(statusView(state, now, 'focused').condition, name);
  });

  it('is read aloud in whole sentences, without icons and abbreviations', () => {
    for (const { name, state } of states) {
      for (const activity of ['focused', 'visible', 'idle'] as const) {
        const { spoken } = statusView(state, now, activity);
        assert.match(spoken, /^Reltio: \S.*\.$/, name);
        assert.doesNotMatch(spoken, /\$\(|\d (min|h|s|d)\b|~/, `${name}: ${spoken}`);
      }
    }
  });

  it('says in words whatever its colour says, and has another icon than without a colour', () => {
    const views = states.map(({ name, state }) => ({ name, ...statusView(state, now, 'focused') }));
    const plain = views.filter(({ severity }) => severity === 'none');
    for (const { name, text, severity } of views.filter((view) => view.severity !== 'none')) {
      const [, icon = '', words = ''] = /^\$\(([^)]+)\) (.*)$/.exec(text) ?? [];
      assert.ok(
        !plain.some((view) => view.text.startsWith(`$(${icon})`)) || name === 'chooseAccount',
        `${name}: ${icon}`,
      );
      assert.match(words, /: [A-Z][a-z]+/, `${name} (${severity}): ${words}`);
      assert.ok(!plain.some((view) => view.text === text), name);
    }
  });

  it('has all that its tooltip offers in the menu too, which needs no mouse', () => {
    const copied = { label: 'jane', form: 'token', at: monday, clearAfter: 60, isOverdue: false } as const;
    for (const more of [{}, { copied, localProxy: sampleProxyView(), isNamed: true, hasSeveralEnvironments: true }]) {
      for (const { name, state: plain } of states) {
        const state = { ...plain, ...more };
        const other = sampleSession({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
        const inMenu = menuSections(state, [other], now).flatMap(({ entries }) =>
          entries.map(({ does }) => ('command' in does ? does.command : commandIds.switchAccount)),
        );
        const clicked = clickCommand(commandIds.showMenu, state, now).command;
        const offered = [...tooltipText(state, now, 'focused').matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id);
        assert.ok(offered.length > 0, name);
        for (const id of offered) assert.ok(id === clicked || inMenu.includes(id ?? ''), `${name}: ${id}`);
      }
    }
  });

  it('says at each condition without an account what to do, and where to begin', () => {
    const menu = menuSections(sampleState({ session: undefined }), [], now).flatMap(({ entries }) => entries);
    assert.deepEqual(
      menu.map(({ label }) => label),
      ['Sign in', 'Get started', 'Diagnose sign-in', 'Show log', 'Add environment', 'Start local proxy'],
    );
    for (const { label, icon } of menu) assert.ok(!label.includes('$(') && icon !== '', 'no icon is read aloud');
  });
});
