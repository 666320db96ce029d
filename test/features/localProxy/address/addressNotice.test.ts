import assert from 'node:assert/strict';
import { addressNotice } from '../../../../src/features/localProxy/address/addressNotice';
import { sampleEnvironment } from '../../../fakes/sampleEnvironment';
import { jane, sampleSession } from '../../../fakes/sampleSession';

const environment = sampleEnvironment('dev');
const session = sampleSession();
const omars = sampleSession({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
const usual = {
  form: 'address',
  environment,
  session,
  sessions: [session],
  isRemoteTerminal: false,
  passesNetworkProxy: false,
} as const;

describe('the message after an address was copied', () => {
  it('says as whom requests act', () => {
    assert.deepEqual(addressNotice(usual), {
      how: 'information',
      message: 'Address copied: requests to dev act as jane@acme.com (auth.reltio.com).',
      button: undefined,
    });
  });

  it('says what production, a file and a terminal on another machine need', () => {
    const message = (changes: object): string => addressNotice({ ...usual, ...changes }).message;
    const prod = sampleEnvironment('prod', { production: true });
    assert.match(
      message({ environment: prod }),
      /requests to prod \(production\) act as .*\. Changes wait for your yes/,
    );
    assert.match(
      message({ passesNetworkProxy: true }),
      /\. Set NO_PROXY=127\.0\.0\.1 for your tools, or the proxy of /,
    );
    assert.match(message({ form: 'postman' }), /^File saved: .* It contains the key, so do not share or commit it\.$/);
    assert.match(message({ form: 'shell', isRemoteTerminal: true }), /Use it in a terminal of this computer/);
    assert.doesNotMatch(message({ form: 'http', isRemoteTerminal: true }), /terminal/);
  });

  it('warns if requests would get no token, and offers what helps', () => {
    const none = addressNotice({ ...usual, session: undefined, sessions: [] });
    assert.deepEqual([none.how, none.button], ['warning', 'signIn']);
    assert.match(none.message, /nobody is signed in for dev at auth\.reltio\.com yet\. Sign in first\.$/);
    const several = addressNotice({ ...usual, session: undefined, sessions: [session, omars] });
    assert.deepEqual([several.how, several.button], ['warning', 'switchAccount']);
    assert.match(several.message, /several accounts fit dev\. Switch to the one/);
  });
});
