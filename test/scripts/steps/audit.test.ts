import assert from 'node:assert/strict';
import { readAudit } from '../../../scripts/steps/audit';

const shipped = ['undici', 'valibot'];

describe('npm run audit', () => {
  it('tells what is shipped from what only builds and tests', () => {
    const report = {
      auditReportVersion: 2,
      vulnerabilities: { undici: { severity: 'high' }, mocha: { severity: 'low' } },
    };
    assert.deepEqual(readAudit(JSON.stringify(report, undefined, 2), shipped), {
      kind: 'answer',
      shipped: [{ name: 'undici', severity: 'high' }],
      others: [{ name: 'mocha', severity: 'low' }],
    });
  });

  it('is content with an answer that names none', () => {
    const none = { kind: 'answer', shipped: [], others: [] };
    assert.deepEqual(readAudit('{"vulnerabilities":{}}', shipped), none);
    assert.deepEqual(readAudit('npm warn old\n{\n"vulnerabilities":{}}\n', shipped), none);
  });

  it('takes no refusal of the registry for a clean answer', () => {
    const refusal =
      'npm warn audit 405\nnpm error audit endpoint returned an error\n{\n  "message": "405 Method Not Allowed"\n}\n';
    const logged = `${refusal}npm error A complete log of this run can be found in: x.log\n`;
    assert.deepEqual(readAudit(logged, shipped), readAudit(refusal, shipped));
    assert.deepEqual(readAudit(refusal, shipped), { kind: 'noAnswer', reason: '405 Method Not Allowed' });
    assert.deepEqual(readAudit('npm error ENOTFOUND', shipped), { kind: 'noAnswer', reason: 'npm error ENOTFOUND' });
    for (const output of ['', '{', '{"vulnerabilities":null}']) {
      assert.equal(readAudit(output, shipped).kind, 'noAnswer', output);
    }
  });
});
