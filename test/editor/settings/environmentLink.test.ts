import assert from 'node:assert/strict';
import { readEnvironmentLink } from '../../../src/editor/settings/environmentLink';

const read = (text: string) => readEnvironmentLink(text, ['reltio.com', 'acme.example']);

describe('what is pasted to add an environment', () => {
  const accepted: readonly [string, string, string?][] = [
    ['https://dev.reltio.com/ui/abc123', 'https://dev.reltio.com', 'abc123'],
    ['https://dev.reltio.com/ui/abc123/#/entity?uri=entities%2F1', 'https://dev.reltio.com', 'abc123'],
    [
      'https://test-usg.reltio.com/nui/AbC123xyz/profile?entityUri=entities/1',
      'https://test-usg.reltio.com',
      'AbC123xyz',
    ],
    ['https://dev.reltio.com/reltio/api/abc123', 'https://dev.reltio.com', 'abc123'],
    ['https://dev.reltio.com/reltio/api/abc123/entities?max=1', 'https://dev.reltio.com', 'abc123'],
    ['https://dev.reltio.com/reltio/tenants/abc123/name', 'https://dev.reltio.com', 'abc123'],
    ['https://dev.reltio.com/reltio/status/tenant/abc123', 'https://dev.reltio.com', 'abc123'],
    ['https://dev.reltio.com/reltio/status', 'https://dev.reltio.com'],
    ['https://dev.reltio.com', 'https://dev.reltio.com'],
    ['https://DEV.Reltio.com./', 'https://dev.reltio.com'],
    ['https://dev.reltio.com/ui/', 'https://dev.reltio.com'],
    ['https://dev.reltio.com/ai/tools/mcp/', 'https://dev.reltio.com'],
    ['http://dev.reltio.com/ui/abc123', 'https://dev.reltio.com', 'abc123'],
    ['dev.reltio.com/ui/abc123', 'https://dev.reltio.com', 'abc123'],
    ['na-dev-1.cloud.reltio.com', 'https://na-dev-1.cloud.reltio.com'],
    ['dev', 'https://dev.reltio.com'],
    ['361', 'https://361.reltio.com'],
    ['dev/ui/abc123', 'https://dev.reltio.com', 'abc123'],
    ['  <https://dev.reltio.com/ui/abc123>\n', 'https://dev.reltio.com', 'abc123'],
    ['"https://dev.reltio.com"', 'https://dev.reltio.com'],
    ['“https://dev.reltio.com/ui/abc123”', 'https://dev.reltio.com', 'abc123'],
    ['(https://dev.reltio.com/ui/abc123)', 'https://dev.reltio.com', 'abc123'],
    ['https://dev.reltio.com/ui/abc123,', 'https://dev.reltio.com', 'abc123'],
    ['https://dev.reltio.com/ui/abc\u200B123', 'https://dev.reltio.com', 'abc123'],
    ['https:/dev.reltio.com/ui/abc123', 'https://dev.reltio.com', 'abc123'],
    ['https//dev.reltio.com', 'https://dev.reltio.com'],
    ['https:dev.reltio.com', 'https://dev.reltio.com'],
    ['https://https://dev.reltio.com/ui/abc123', 'https://dev.reltio.com', 'abc123'],
    ['http://https://dev.reltio.com', 'https://dev.reltio.com'],
    ['//dev.reltio.com/ui/abc123', 'https://dev.reltio.com', 'abc123'],
    ['HTTPS://dev.reltio.com:443/reltio/', 'https://dev.reltio.com'],
    ['https', 'https://https.reltio.com'],
    ['https://reltio.acme.example:8443/ui/abc', 'https://reltio.acme.example:8443', 'abc'],
    ['http://127.0.0.1:8899/ui/abc', 'http://127.0.0.1:8899', 'abc'],
    ['localhost:8899', 'http://localhost:8899'],
    ['127.0.0.1:8899/ui/abc', 'http://127.0.0.1:8899', 'abc'],
    ['[::1]:8899', 'http://[::1]:8899'],
    ['https://dev.reltio.com/ui/..%2f..%2foauth', 'https://dev.reltio.com'],
    ['https://dev.reltio.com/ui/../oauth', 'https://dev.reltio.com'],
  ];
  for (const [text, url, tenant] of accepted) {
    it(`is read: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(read(text), { kind: 'link', url, tenant });
    });
  }

  const refusals: readonly [string, RegExp][] = [
    ['', /^Paste a link such as/],
    ['   ', /^Paste a link such as/],
    ['my environment', /^This is not (an address|the address of a Reltio environment)\. Paste a link/],
    ['ftp://dev.reltio.com', /^This is not the address/],
    ['javascript://dev.reltio.com/%0aalert(1)', /^This is not the address/],
    ['file:///etc/passwd', /^This is not (an|the) address/],
    ['https://', /^This is not (an|the) address/],
    [
      'https://evil.example/ui/abc',
      /^evil\.example is not a trusted host\. If it is yours, first add it to reltioAuth\.trustedHosts\.$/,
    ],
    ['https://dev.reltio.com.evil.example', /^dev\.reltio\.com\.evil\.example is not a trusted host/],
    ['https://reltio.com@evil.example/ui/abc', /^Remove the user name and password/],
    ['https://jane:pass@dev.reltio.com', /^Remove the user name and password/],
    ['https://dev.reltio.com\\@evil.example', /^This is not an address/],
    ['https://evil.example\\.reltio.com', /^This is not an address/],
    ['https://evil.example#.reltio.com', /^evil\.example is not a trusted host/],
    ['https://evil.example?.reltio.com', /^evil\.example is not a trusted host/],
    ['https://d\u0435v.reltio.example', /^xn--/],
    ['https://$(rocket).reltio.com', /^This is not/],
  ];
  for (const [text, sentence] of refusals) {
    it(`is refused in a sentence: ${JSON.stringify(text)}`, () => {
      const answer = read(text);
      assert.equal(answer.kind, 'refused', JSON.stringify(answer));
      assert.match(answer.sentence, sentence);
    });
  }

  it('shows nothing of a password', () => {
    for (const text of [
      'https://jane:hunter2@dev.reltio.com',
      'https://jane:hunter2#24@dev.reltio.com',
      'https://jane:20#24hunter2@dev.reltio.com',
      'jane:hunter2@dev.reltio.com',
    ]) {
      const answer = read(text);
      assert.ok(answer.kind === 'refused' && !/hunter2|jane/.test(answer.sentence), JSON.stringify(answer));
    }
  });
});
