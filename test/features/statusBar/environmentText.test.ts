import assert from 'node:assert/strict';
import { detailsText } from '../../../src/features/statusBar/details/detailsText';
import { environmentRow } from '../../../src/features/statusBar/environmentText';
import type { StatusState } from '../../../src/features/statusBar/state';
import { tooltipCommands, tooltipText } from '../../../src/features/statusBar/tooltip';
import { statusView } from '../../../src/features/statusBar/view';
import { monday } from '../../fakes/fakeClock';
import { sampleEnvironment } from '../../fakes/sampleEnvironment';
import { sampleState } from '../../fakes/sampleState';

const now = monday + 18 * 60_000;
const dev = sampleEnvironment('dev', { tenant: 'AcmeDev01' });
const prod = sampleEnvironment('prod', { production: true });
const view = (changes: Partial<StatusState>) => statusView(sampleState(changes), now, 'focused');
const tooltip = (changes: Partial<StatusState>) => tooltipText(sampleState(changes), now, 'focused');

describe('the environment in the status bar', () => {
  it('is named where there are several, and production is said in words wherever it is', () => {
    const several = { hasSeveralEnvironments: true };
    assert.equal(view({ environment: dev }).text, '$(key) Reltio 42 min');
    assert.equal(view({ environment: dev, ...several }).text, '$(key) Reltio dev 42 min');
    assert.equal(view({ environment: prod }).text, '$(key) Reltio prod (production) 42 min');
    assert.equal(view({ environment: prod, ...several }).text, '$(key) Reltio prod (production) 42 min');
    assert.equal(view(several).text, '$(key) Reltio 42 min', 'none is chosen yet');
  });

  it('comes after the account where that is named too', () => {
    assert.equal(
      view({ environment: dev, hasSeveralEnvironments: true, isNamed: true }).text,
      '$(key) Reltio jane@acme.com · dev 42 min',
    );
  });

  it('is read aloud after everything about the token', () => {
    const spoken = (changes: Partial<StatusState>) => view(changes).spoken;
    assert.match(spoken({ environment: prod }), /in 42 minutes\. Environment: prod \(production\)\.$/);
    assert.doesNotMatch(spoken({ environment: dev }), /Environment/);
    assert.doesNotMatch(spoken({ session: undefined, environment: prod }), /Environment/);
  });

  it('has a row in the tooltip with its host and tenant, and a link where it can be switched', () => {
    assert.match(tooltip({ environment: dev }), /\| Environment \| dev: dev\.reltio\.com, tenant AcmeDev01 \|/);
    assert.doesNotMatch(tooltip({ environment: dev }), /switchEnvironment/);
    assert.match(tooltip({ environment: dev, hasSeveralEnvironments: true }), /command:reltioAuth\.switchEnvironment/);
    assert.ok(tooltipCommands.includes('reltioAuth.switchEnvironment'));
    assert.match(tooltip({ hasSeveralEnvironments: true }), /\| Environment \| none chosen for this workspace yet \|/);
    assert.doesNotMatch(tooltip({}), /Environment/);
  });

  it('is named in the details, with its host and tenant, production in words, or how to choose one', () => {
    const details = (changes: Partial<StatusState>) => {
      const state = sampleState(changes);
      return detailsText([state], state, now).split('\n\n')[1];
    };
    const account = 'In use in this workspace: jane@acme.com (auth.reltio.com)';
    assert.equal(details({}), account);
    assert.equal(details({ environment: dev }), `${account}\nEnvironment: dev: dev.reltio.com, tenant AcmeDev01.`);
    assert.equal(details({ environment: prod }), `${account}\nEnvironment: prod (production): prod.reltio.com.`);
    assert.equal(
      details({ hasSeveralEnvironments: true }),
      `${account}\nEnvironment: none chosen for this workspace yet. Run "Reltio: Switch Environment".`,
    );
    const signedOut = sampleState({ session: undefined, environment: dev });
    assert.doesNotMatch(detailsText([signedOut], signedOut, now), /Environment/, 'no token to use there');
  });

  it('shows a name as text, whatever it contains', () => {
    const hostile = sampleEnvironment('dev', { name: '$(flame) [x](command:y) |', tenant: '<b>' });
    assert.doesNotMatch(view({ environment: hostile, hasSeveralEnvironments: true }).text, /\$\(flame|\[x\]/);
    assert.equal(environmentRow({ environment: hostile, hasSeveralEnvironments: false })?.includes('<b>'), false);
    assert.doesNotMatch(tooltip({ environment: hostile }), /\$\(flame|\[x\]\(command:y/);
  });
});
