import assert from 'node:assert/strict';
import { accountLabel } from '../../../src/core/model/account';
import type { Environment } from '../../../src/editor/settings/environments';
import { menuSections } from '../../../src/features/statusBar/menu';
import type { StatusState } from '../../../src/features/statusBar/state';
import { tooltipText } from '../../../src/features/statusBar/tooltip';
import { statusView } from '../../../src/features/statusBar/view';
import { monday } from '../../fakes/fakeClock';
import { sampleEnvironment } from '../../fakes/sampleEnvironment';
import { jane, pastedSession, robotSession, sampleSession } from '../../fakes/sampleSession';
import { sampleState } from '../../fakes/sampleState';

const minute = 60_000;
const now = monday + 18 * minute;
const dev = sampleEnvironment('dev', { tenant: 'AcmeDev01' });
const prod = sampleEnvironment('prod', { production: true });

/** How many accounts: what the status bar knows of them. */
const accounts = {
  none: { session: undefined },
  one: { session: sampleSession() },
  many: { session: sampleSession(), isNamed: true },
  'many, none chosen': { session: undefined, isNamed: true, question: { signedOutAccount: undefined } },
  'many, a client': { session: robotSession(), isNamed: true },
  'many, a pasted token': { session: pastedSession(), isNamed: true },
} as const;

const environments = {
  none: { environment: undefined },
  one: { environment: dev },
  'one, production': { environment: prod },
  many: { environment: dev, hasSeveralEnvironments: true },
  'many, production': { environment: prod, hasSeveralEnvironments: true },
  'many, none chosen': { environment: undefined, hasSeveralEnvironments: true },
} as const;

/** The text, without its icon and the time left. The environment is named where there are several, production always. */
const texts: Readonly<Record<keyof typeof accounts, Readonly<Record<keyof typeof environments, string>>>> = {
  none: {
    none: 'Reltio: Sign in',
    one: 'Reltio: Sign in',
    'one, production': 'Reltio: Sign in',
    many: 'Reltio: Sign in',
    'many, production': 'Reltio: Sign in',
    'many, none chosen': 'Reltio: Sign in',
  },
  one: {
    none: 'Reltio',
    one: 'Reltio',
    'one, production': 'Reltio prod (production)',
    many: 'Reltio dev',
    'many, production': 'Reltio prod (production)',
    'many, none chosen': 'Reltio',
  },
  many: {
    none: 'Reltio jane@acme.com',
    one: 'Reltio jane@acme.com',
    'one, production': 'Reltio jane@acme.com · prod (production)',
    many: 'Reltio jane@acme.com · dev',
    'many, production': 'Reltio jane@acme.com · prod (production)',
    'many, none chosen': 'Reltio jane@acme.com',
  },
  'many, none chosen': {
    none: 'Reltio: Choose account',
    one: 'Reltio: Choose account',
    'one, production': 'Reltio: Choose account',
    many: 'Reltio: Choose account',
    'many, production': 'Reltio: Choose account',
    'many, none chosen': 'Reltio: Choose account',
  },
  'many, a client': {
    none: 'Reltio acme_loader',
    one: 'Reltio acme_loader',
    'one, production': 'Reltio acme_loader · prod (production)',
    many: 'Reltio acme_loader · dev',
    'many, production': 'Reltio acme_loader · prod (production)',
    'many, none chosen': 'Reltio acme_loader',
  },
  'many, a pasted token': {
    none: 'Reltio jane@acme.com · pasted token',
    one: 'Reltio jane@acme.com · pasted token',
    'one, production': 'Reltio jane@acme.com · pasted token · prod (production)',
    many: 'Reltio jane@acme.com · pasted token · dev',
    'many, production': 'Reltio jane@acme.com · pasted token · prod (production)',
    'many, none chosen': 'Reltio jane@acme.com · pasted token',
  },
};

interface Shown {
  readonly text: string;
  readonly spoken: string;
  readonly tooltip: string;
  readonly menu: readonly string[];
}

function shown(changes: Partial<StatusState>, at = now): Shown {
  const state = sampleState(changes);
  const { text, spoken } = statusView(state, at, 'focused');
  return {
    text: text.replace(/^\$\([\w~-]+\) /, ''),
    spoken,
    tooltip: tooltipText(state, at, 'focused'),
    menu: menuSections(state, [], at).flatMap(({ entries }) => entries.map(({ label }) => label)),
  };
}

describe('the status bar with any number of accounts and environments', () => {
  for (const [who, account] of Object.entries(accounts) as [keyof typeof accounts, Partial<StatusState>][]) {
    for (const [where, environment] of Object.entries(environments) as [
      keyof typeof environments,
      { readonly environment: Environment | undefined; readonly hasSeveralEnvironments?: true },
    ][]) {
      const { session } = account;
      const { text, spoken, tooltip, menu } = shown({ ...account, ...environment });
      const expected = texts[who][where];

      it(`reads "${expected}" with accounts: ${who}; environments: ${where}`, () => {
        assert.equal(text, session === undefined ? expected : `${expected} 42 min`);
        assert.ok(text.length <= 65, `${text.length} characters`);
      });

      it(`says the same aloud, in the tooltip and in the menu with accounts: ${who}; environments: ${where}`, () => {
        if (session === undefined) {
          assert.match(spoken, who === 'none' ? /^Reltio: Signed out\. Sign in\.$/ : /Choose the account for this/);
          assert.doesNotMatch(spoken + tooltip, /[Ee]nvironment/);
          return;
        }
        const label = accountLabel(session.account);
        const named = / (?:· )?(dev|prod \(production\))(?: |$)/.exec(expected)?.[1];
        assert.ok(spoken.startsWith(`Reltio: The token of ${label} expires in 42 minutes`), spoken);
        assert.equal(/Environment: (.*)\.$/.exec(spoken)?.[1], named);
        assert.equal(/pasted token/.test(expected), /never refreshed/.test(spoken));
        const row = /\| Environment \| ([^|]*) \|/.exec(tooltip)?.[1]?.replaceAll('\\', '');
        assert.equal(
          row,
          environment.environment === dev
            ? 'dev: dev.reltio.com, tenant AcmeDev01'
            : environment.environment === prod
              ? 'prod (production): prod.reltio.com'
              : environment.hasSeveralEnvironments
                ? 'none chosen for this workspace yet'
                : undefined,
        );
        assert.equal(/Switch account/.test(tooltip), account.isNamed === true);
        assert.equal(/Switch environment/.test(tooltip), environment.hasSeveralEnvironments === true);
        assert.deepEqual(
          menu.filter((entry) => /environment/.test(entry)),
          [
            ...(environment.hasSeveralEnvironments !== true
              ? []
              : environment.environment === undefined
                ? ['Choose environment']
                : [`Switch environment (now ${environment.environment === prod ? 'prod, production' : 'dev'})`]),
            'Add environment',
          ],
        );
      });
    }
  }

  it('keeps room for the rest of the status bar, whatever the names, and never cuts the word production', () => {
    const long = 'a'.repeat(200);
    const environment = sampleEnvironment('x', { name: `${long} (fake)`, production: true });
    const user = `${long}@acme.com`;
    const session = pastedSession({ account: { ...pastedSession().account, user } });
    for (const at of [now, monday + 57 * minute, monday + 60 * minute]) {
      const { text, spoken, tooltip } = shown(
        { session, isNamed: true, environment, hasSeveralEnvironments: true },
        at,
      );
      assert.match(text, / · a{23,24}… \(production\)/);
      assert.ok(text.length <= 115, `${text.length}: ${text}`);
      assert.ok(
        spoken.includes(`The ${at === now || at < monday + 60 * minute ? '' : 'pasted '}token of ${long}@acme.com`),
      );
      assert.match(spoken, / \(production\)\.$/);
      assert.match(tooltip, /production/);
    }
  });

  it('asks for another token once, not twice', () => {
    const session = pastedSession();
    assert.equal(shown({ session }, monday + 57 * minute).text, 'Reltio 3 min: Paste another token');
    assert.equal(
      shown({ session, isNamed: true }, monday + 60 * minute).text,
      'Reltio jane@acme.com: Paste another token',
    );
  });

  it('tells accounts of one user apart in the tooltip', () => {
    const other = sampleSession({ account: { ...jane, clientId: 'tool' } });
    assert.notEqual(shown({ session: other }).tooltip.split('\n')[0], shown({}).tooltip.split('\n')[0]);
  });
});
