import assert from 'node:assert/strict';
import type { LocalProxyView } from '../../../src/editor/localProxyState';
import { detailsText } from '../../../src/features/statusBar/details/detailsText';
import { menuSections } from '../../../src/features/statusBar/menu';
import type { StatusState } from '../../../src/features/statusBar/state';
import { tooltipCommands, tooltipText } from '../../../src/features/statusBar/tooltip';
import { statusView } from '../../../src/features/statusBar/view';
import { monday } from '../../fakes/fakeClock';
import { sampleProxyView, sampleState } from '../../fakes/sampleState';

/** Signed in, signed out, and with several accounts of which none is chosen. */
const situations: readonly Partial<StatusState>[] = [
  {},
  { session: undefined },
  { session: undefined, question: { signedOutAccount: undefined } },
];
const shown = (changes: Partial<StatusState>) => {
  const state = sampleState(changes);
  const { text, spoken, severity } = statusView(state, monday, 'focused');
  return {
    text,
    spoken,
    severity,
    tooltip: tooltipText(state, monday, 'focused'),
    details: detailsText([state], state, monday),
    sections: menuSections(state, [], monday),
    menu: menuSections(state, [], monday).flatMap(({ entries }) => entries.map(({ label }) => label)),
  };
};

describe('the local proxy in the status bar', () => {
  const localProxy = sampleProxyView({ requests: 12 });

  it('is in the tooltip, the details and the menu, whoever is signed in, and never in the text of the item', () => {
    for (const situation of situations) {
      const [off, on] = [shown(situation), shown({ ...situation, localProxy })];
      assert.deepEqual([on.text, on.severity], [off.text, off.severity]);
      assert.match(on.tooltip, /\$\(radio-tower\) Local proxy on port 4711: 12 requests since \d\d:\d\d\. \[/);
      assert.match(on.tooltip, /\n *dev: jane\\@acme\.com \\\(auth\.reltio\.com\\\)/);
      assert.match(
        on.details,
        /\nLocal proxy on port 4711: 12 requests since \d\d:\d\d\n {2}dev: jane@acme\.com \(auth/,
      );
      assert.doesNotMatch(off.tooltip + off.details, /[Ll]ocal proxy/);
    }
  });

  it('can be started while it is off, and stopped while it is on, and neither is ever the first entry', () => {
    const entries = (view: LocalProxyView | undefined, situation: Partial<StatusState>): readonly string[] => {
      const { menu } = shown({ ...situation, localProxy: view });
      assert.doesNotMatch(menu[0] ?? '', /local proxy/);
      return menu.filter((label) => label.includes('local proxy'));
    };
    for (const situation of situations) {
      assert.deepEqual(entries(undefined, situation), ['Start local proxy']);
      for (const state of ['here', 'elsewhere'] as const) {
        const view = sampleProxyView({ state });
        assert.deepEqual(entries(view, situation), ['Copy local proxy address', 'Stop local proxy']);
      }
      for (const state of ['portTaken', 'waiting'] as const) {
        assert.deepEqual(entries(sampleProxyView({ state }), situation), ['Stop local proxy']);
      }
    }
  });

  it('has links to copy an address and to stop it, which VS Code may run', () => {
    const commands = (view: LocalProxyView): readonly string[] =>
      [
        ...tooltipText(sampleState({ localProxy: view, session: undefined }), monday, 'focused').matchAll(
          /command:(\S+?)\)/g,
        ),
      ]
        .map(([, command]) => command ?? '')
        .filter((command) => /LocalProxy/.test(command));
    const copyAndStop = ['reltioAuth.copyLocalProxyAddress', 'reltioAuth.stopLocalProxy'];
    assert.deepEqual(commands(localProxy), copyAndStop);
    assert.deepEqual(commands(sampleProxyView({ state: 'portTaken' })), ['reltioAuth.stopLocalProxy']);
    assert.ok(copyAndStop.every((command) => tooltipCommands.some((allowed) => allowed === command)));
  });

  it('says with an icon and in words that it cannot listen', () => {
    const { tooltip, spoken } = shown({ localProxy: sampleProxyView({ state: 'portTaken' }) });
    assert.match(tooltip, /\$\(warning\) The local proxy cannot listen: port 4711 is in use\./);
    assert.match(spoken, / The local proxy cannot listen\.$/);
  });

  it('is read aloud after the session', () => {
    for (const situation of situations) {
      assert.equal(shown({ ...situation, localProxy }).spoken, `${shown(situation).spoken} The local proxy runs.`);
    }
  });

  it('shows names as plain text, not as Markdown', () => {
    const environments = [{ name: '![x](https://evil.example) **a** | <b>', account: undefined }];
    const { tooltip } = shown({ localProxy: sampleProxyView({ environments }) });
    assert.ok(
      tooltip.includes('\\!\\(x\\)\\(https\\://evil.example\\) \\*\\*a\\*\\* \\| \\(b\\): no account'),
      tooltip,
    );
  });

  it('says in the menu where it runs, and whose token each environment gets', () => {
    for (const situation of situations) {
      const section = shown({ ...situation, localProxy }).sections.find(({ title }) => title === 'local proxy');
      const [copy, stop] = section?.entries.map(({ detail }) => detail) ?? [];
      assert.equal(copy, 'dev: jane@acme.com (auth.reltio.com)');
      assert.match(stop ?? '', /^Local proxy on port 4711: 12 requests since \d\d:\d\d$/);
    }
    const none = sampleProxyView({ environments: [] });
    const entries = shown({ localProxy: none }).sections.flatMap((section) => section.entries);
    assert.equal(entries.find(({ label }) => label === 'Copy local proxy address')?.detail, undefined);
  });
});
