import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyRefusal } from '../../src/core/oauth/errorResponse';
import { mistakes } from '../simulation/mistakes';

const page = readFileSync(join(__dirname, '../../docs/sessions.md'), 'utf8');

interface Row {
  readonly statuses: readonly number[];
  readonly bodies: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly refresh: string;
  readonly password: string;
  readonly client: string;
  readonly code: string;
}

/** Bodies from Reltio or from something between, and an empty one; "anything" in the table means all of them. */
const anything = [
  '',
  'null',
  '[]',
  '<html></html>',
  '{"access_token":"half',
  '{"error":"invalid_grant","error_description":"Invalid refresh token: 12"}',
  '{"error":"invalid_token","error_description":"Invalid refresh token (expired): 12"}',
  '{"error":"unauthorized"}',
  '{"error":"invalid_client"}',
  '{"error":"access_denied","error_description":"Access is denied"}',
  '{"severity":"Error","errorMessage":"Security error.","errorCode":804}',
  '{"errorCode":2001,"errorMessage":"Internal application error."}',
  '{"errorCode":403,"errorMessage":"Invalid refresh token"}',
];

const rows = readRows(page.split('<!-- table:')[1]!.split('<!-- end of the table -->')[0]!);

describe('docs/sessions.md', () => {
  for (const [index, { statuses, bodies, headers, refresh, password, client, code }] of rows.entries()) {
    it(`row ${index + 1} of the table is what the code does: ${statuses[0]} ${bodies.length > 1 ? 'anything' : bodies[0]}`, () => {
      for (const status of statuses) {
        for (const body of bodies) {
          assert.equal(classifyRefusal('refreshToken', status, body, headers), refresh, `${status} ${body}`);
          assert.equal(classifyRefusal('password', status, body, headers), password, `${status} ${body}`);
          assert.equal(classifyRefusal('clientCredentials', status, body, headers), client, `${status} ${body}`);
          assert.equal(classifyRefusal('authorizationCode', status, body, headers), code, `${status} ${body}`);
        }
      }
    });
  }

  it('mentions every status except success', () => {
    const known = new Set(rows.flatMap(({ statuses }) => statuses));
    const missing = [0, ...range(300, 599)].filter((status) => !known.has(status));
    assert.deepEqual(missing, []);
  });

  it('rejects a refresh token for 400 and 401 only, and only if the body says so', () => {
    const rejecting = [0, ...range(100, 599)].flatMap((status) =>
      anything
        .filter((body) => classifyRefusal('refreshToken', status, body) === 'refreshTokenRejected')
        .map(() => status),
    );
    assert.deepEqual([...new Set(rejecting)], [400, 401]);
    for (const body of ['', 'null', '[]', '<html>Invalid refresh token</html>', '{"access_token":"half']) {
      assert.equal(classifyRefusal('refreshToken', 401, body), 'notReltio', body);
    }
  });

  it('counts the planted mistakes', () => {
    assert.ok(page.includes(`${Object.keys(mistakes).length} planted mistakes`));
  });
});

function readRows(table: string): Row[] {
  const lines = table.split('\n').filter((line) => line.startsWith('|') && !/^\| (status|-)/.test(line));
  return lines.map((line) => {
    const [status = '', answer = '', refresh = '', password = '', client = '', code = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const [body = '', challenge] = answer.split(/, with `WWW-Authenticate: (.*)`$/);
    return {
      statuses: status.split(',').flatMap((part) => {
        const [from = '', to = from] = part.trim().split('–');
        return range(Number(from), Number(to));
      }),
      bodies: body === 'anything' ? anything : [body === 'nothing' ? '' : body.replace(/^`|`$/g, '')],
      headers: challenge === undefined ? {} : { 'www-authenticate': challenge },
      refresh: refresh.replace(/[*`]/g, ''),
      password: password.replace(/[*`]/g, ''),
      client: client.replace(/[*`]/g, ''),
      code: code.replace(/[*`]/g, ''),
    };
  });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
