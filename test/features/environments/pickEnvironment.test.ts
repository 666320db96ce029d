import { choices, lists } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { isFailure } from '../../../src/core/base/failure';
import { environmentItems, pickEnvironment } from '../../../src/features/environments/pickEnvironment';
import { sampleEnvironment } from '../../fakes/sampleEnvironment';

const prod = sampleEnvironment('prod', { production: true, tenant: 'AcmeProd' });
const dev = sampleEnvironment('dev', { tenant: 'AcmeDev01' });
const test = sampleEnvironment('test');

describe('the environments to choose from', () => {
  beforeEach(() => {
    choices.length = lists.length = 0;
  });

  it('show host, tenant and production in words, and which one is in use', () => {
    assert.deepEqual(
      environmentItems([prod, dev], dev).map(({ label, description }) => `${label}: ${description}`),
      [
        'dev: in use · dev.reltio.com · AcmeDev01',
        'prod: prod.reltio.com · AcmeProd · production',
        'Add an environment: from a link, an address or a name',
      ],
    );
  });

  it('begin with the one in use, then those without production data, and never with production that was not chosen', () => {
    const order = (inUse: typeof dev | undefined) =>
      environmentItems([prod, dev, test], inUse).map(({ label }) => label);
    const add = 'Add an environment';
    assert.deepEqual(order(undefined), ['dev', 'test', 'prod', add]);
    assert.deepEqual(order(test), ['test', 'dev', 'prod', add]);
    assert.deepEqual(order(prod), ['prod', 'dev', 'test', add]);
    const onlyProduction = environmentItems([prod], undefined).map(({ label }) => label);
    assert.deepEqual(onlyProduction, [add, 'prod'], 'production is never preselected');
  });

  it('show names as plain text', () => {
    const [item] = environmentItems([{ ...dev, name: '$(key) dev' }], undefined);
    assert.equal(item?.label, '(key) dev');
  });

  it('return the one that is picked, and nothing when the user leaves', async () => {
    choices.push('prod');
    assert.equal(await pickEnvironment([dev, prod], undefined), prod);
    await assert.rejects(
      pickEnvironment([dev, prod], undefined),
      (error: unknown) => isFailure(error) && error.code === 'cancelled',
    );
  });
});
