import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/process/folders';
import { kindOf } from '../../src/core/dataApi/failedCall';
import type { ActiveAccountAnswer, EnvironmentAnswer, ExplainAnswer } from '../../src/features/api/apiV1';
import type { RejectionAnswer } from '../../src/features/provider/reportRejected';
import type { Environment } from '../../examples/consumer/reltio';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const guide = read('docs/consuming.md');
const example = JSON.parse(read('examples/consumer/package.json')) as {
  readonly extensionDependencies: readonly string[];
  readonly engines: { readonly vscode: string };
};
const product = JSON.parse(read('package.json')) as typeof example & Record<'publisher' | 'name', string>;

describe('the guide for other extensions', () => {
  it('shows only code that the type checker checks', () => {
    const examples = ['consumer', 'snippets'].flatMap((folder) =>
      readdirSync(join(ROOT, 'examples', folder))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => withoutIndent(read(`examples/${folder}/${name}`))),
    );
    const shown = [guide, read('README.md')].flatMap((page) => [...page.matchAll(/^```ts\n(.*?)^```$/gms)]);
    assert.ok(shown.length > 4, `${shown.length} blocks`);
    for (const [, code = ''] of shown) {
      assert.ok(
        examples.some((text) => text.includes(withoutIndent(code))),
        code,
      );
    }
  });

  it('lists every reason why a call may fail, and no other', () => {
    const listed = [...guide.matchAll(/^\| `(\w+)` +\| /gm)].map(([, name = '']) => name);
    const kinds = listed.slice(listed.indexOf('tokenExpiredOrRejected'));
    assert.deepEqual(kinds.toSorted(), [...new Set(Object.values(kindOf))].toSorted());
  });

  it('names every outcome of a report, and every state of the account', () => {
    const outcomes: Record<RejectionAnswer['outcome'], true> = {
      refreshed: true,
      valid: true,
      signInAgain: true,
      unknown: true,
      notNow: true,
    };
    const states: Record<ActiveAccountAnswer['state'], true> = {
      signedIn: true,
      actionNeeded: true,
      notChosen: true,
      signedOut: true,
      unavailable: true,
    };
    for (const name of Object.keys({ ...outcomes, ...states })) assert.ok(guide.includes(`\`${name}\``), name);
  });
});

describe('the example for other extensions', () => {
  it('has a file to copy of less than 120 lines', () => {
    assert.ok(read('examples/consumer/reltio.ts').trimEnd().split('\n').length < 120);
  });

  it('depends on this extension by its id, from the same version of VS Code on', () => {
    assert.deepEqual(example.extensionDependencies, [`${product.publisher}.${product.name}`]);
    assert.equal(example.engines.vscode, product.engines.vscode);
    assert.ok(guide.includes(`"${example.extensionDependencies[0]}"`));
    assert.ok(guide.includes(`"vscode": "${example.engines.vscode}"`));
  });

  it('reads of the answers what they have', () => {
    const environment = { name: 'dev', url: '', identityServer: '', production: false, inUse: true };
    const explanation = { kind: 'unknown', message: '' } as const;
    const used: Environment = environment satisfies EnvironmentAnswer;
    const { kind, message } = explanation satisfies ExplainAnswer;
    assert.ok(used.inUse && kind === 'unknown' && message === '');
  });
});

function withoutIndent(code: string): string {
  return code.replace(/^ +/gm, '').trim();
}
