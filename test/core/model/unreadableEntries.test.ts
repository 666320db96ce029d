import assert from 'node:assert/strict';
import { unreadableAfter } from '../../../src/core/model/unreadableEntries';
import { jane, robot, robotSession, sampleSession } from '../../fakes/sampleSession';

describe('entries that this version cannot read', () => {
  const ofJane = { version: 9, account: { ...jane, user: ' JANE@acme.com ' } };
  const ofRobot = { version: 9, account: robot };
  const strange = ['text', 7, null, {}, { account: 'jane' }, { account: { ...jane, clientId: 'other' } }];

  it('stay while their account stays', () => {
    const sessions = [sampleSession(), robotSession()];
    const entries = [ofJane, ofRobot, ...strange];
    assert.deepEqual(unreadableAfter(entries, sessions, sessions), entries);
  });

  it('go with their account, however its user is written, and only those', () => {
    const both = [sampleSession(), robotSession()];
    assert.deepEqual(unreadableAfter([ofJane, ofRobot, ...strange], both, [robotSession()]), [ofRobot, ...strange]);
    assert.deepEqual(unreadableAfter([ofJane, ofRobot, ...strange], both, [sampleSession()]), [ofJane, ...strange]);
  });

  it('go all with the last account, and there are none without any', () => {
    assert.deepEqual(unreadableAfter([ofJane, ...strange], [sampleSession()], []), []);
    assert.deepEqual(unreadableAfter([], [sampleSession()], [sampleSession()]), []);
  });
});
