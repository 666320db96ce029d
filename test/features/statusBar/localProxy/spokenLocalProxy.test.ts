import assert from 'node:assert/strict';
import { spokenLocalProxy } from '../../../../src/features/statusBar/localProxy/spokenLocalProxy';
import { sampleProxyView } from '../../../fakes/sampleState';

describe('what a screen reader says of the local proxy', () => {
  it('is one sentence, which stays the same from request to request', () => {
    assert.equal(spokenLocalProxy(sampleProxyView({ requests: 12 })), 'The local proxy runs.');
    assert.equal(spokenLocalProxy(sampleProxyView({ requests: 13 })), 'The local proxy runs.');
    assert.equal(spokenLocalProxy(sampleProxyView({ state: 'elsewhere' })), 'The local proxy runs in another window.');
    assert.equal(spokenLocalProxy(sampleProxyView({ state: 'portTaken' })), 'The local proxy cannot listen.');
    assert.equal(
      spokenLocalProxy(sampleProxyView({ state: 'waiting' })),
      'The local proxy waits for a trusted window.',
    );
  });
});
