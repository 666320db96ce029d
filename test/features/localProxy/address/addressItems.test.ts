import assert from 'node:assert/strict';
import type { Session } from '../../../../src/core/model/session';
import { servedItems } from '../../../../src/features/localProxy/address/addressItems';
import { sampleEnvironment } from '../../../fakes/sampleEnvironment';
import { jane, sampleSession } from '../../../fakes/sampleSession';

const [dev, prod, live] = [
  sampleEnvironment('dev'),
  sampleEnvironment('prod', { production: true }),
  sampleEnvironment('live', { production: true }),
];
const janes = sampleSession();
const omars = sampleSession({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });

describe('the environments whose address can be copied', () => {
  const rows = (...asked: Parameters<typeof servedItems>): readonly string[] =>
    servedItems(...asked).map(({ label, description }) => `${label}: ${description ?? ''}`);
  const served = (session?: Session, ...environments: readonly (typeof dev)[]) =>
    environments.map((environment) => ({ environment, session }));

  it('say whose token they get, which one is in use, and which has production data', () => {
    assert.deepEqual(rows(served(janes, prod, dev), dev, [janes]), [
      'dev: jane@acme.com (auth.reltio.com) · in use',
      'prod: jane@acme.com (auth.reltio.com) · production',
      'Add an environment: from a link, an address or a name',
    ]);
  });

  it('say why they get none', () => {
    assert.match(
      rows(served(undefined, dev), undefined, [])[0]!,
      /^dev: no account yet: sign in at auth\.reltio\.com$/,
    );
    assert.match(
      rows(served(undefined, dev), undefined, [janes, omars])[0]!,
      /^dev: several accounts fit: switch to one/,
    );
  });

  it('never begin with production that is not in use', () => {
    assert.match(rows(served(janes, prod, live, dev), undefined, [janes])[0]!, /^dev/);
    assert.match(rows(served(janes, prod, live), undefined, [janes])[0]!, /^Add an environment/);
    assert.match(rows(served(janes, prod, live, dev), live, [janes])[0]!, /^live/);
  });
});
