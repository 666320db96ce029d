import assert from 'node:assert/strict';
import { extensionsHaveChanged, installedExtensions } from '../../../fakes/fakeVscode';
import { openDocument, openDocuments, searched } from '../../../fakes/fakeEditors';
import type { RecordingLog } from '../../../fakes/recordingLog';
import { fakeHost } from '../../../fakes/fakeHost';
import { Installation } from '../../../fakes/installation';
import type { HttpYacPlugin } from '../../../../src/features/handoff/requestFiles/httpYac';
import { registerRequestFiles } from '../../../../src/features/handoff/requestFiles/registerRequestFiles';

const id = 'anweber.vscode-httpyac';

/** httpYac, as far as it can be seen from outside. */
class FakeHttpYac {
  isActive = false;
  activated = 0;
  readonly plugins: Record<string, HttpYacPlugin | undefined> = {};
  readonly suggestions: (() => readonly { readonly name: string }[])[] = [];
  cleared = 0;
  exported: unknown = {
    httpyac: {
      store: { pluginStore: this.plugins },
      io: { completionItemProvider: { variableProvider: this.suggestions } },
    },
    documentStore: { clear: () => (this.cleared += 1) },
  };

  activate(): Promise<unknown> {
    this.activated += 1;
    this.isActive = true;
    return Promise.resolve(this.exported);
  }
}

describe('the variables for request files', () => {
  let httpYac: FakeHttpYac;
  let loaded: number;
  let registered: { dispose(): unknown } | undefined;
  beforeEach(() => {
    httpYac = new FakeHttpYac();
    installedExtensions.clear();
    openDocuments.length = 0;
    Object.assign(searched, { files: [], times: 0 });
    loaded = 0;
  });
  afterEach(() => {
    registered?.dispose();
    installedExtensions.clear();
  });
  const start = async () => {
    const core = new Installation().alone().openCore();
    registered = registerRequestFiles(core.real, fakeHost(core), () => {
      loaded += 1;
      return Promise.reject(new Error('no request was sent'));
    });
    await core.real.load();
    await settled();
    return core.shared.log;
  };
  /** An import takes its time, and comes after those that were begun before. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) {
      await import('../../../../src/features/handoff/requestFiles/httpYacVariables');
      for (let step = 0; step < 20; step++) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const ofRequestFiles = ({ lines }: RecordingLog): string[] =>
    lines.map(({ event }) => event).filter((event) => event.startsWith('request file'));
  const isAdded = (): boolean => httpYac.plugins['reltioAuth'] !== undefined;

  it('are of no consequence without httpYac: nothing is searched, nothing is watched', async () => {
    searched.files = ['a.http'];
    const log = await start();
    openDocument({ languageId: 'http' });
    await settled();
    assert.deepEqual([searched.times, ofRequestFiles(log)], [0, []]);
  });

  it('do not start httpYac in a window that has nothing for it', async () => {
    installedExtensions.set(id, httpYac);
    await start();
    openDocument({ languageId: 'typescript' });
    await settled();
    assert.deepEqual([httpYac.activated, isAdded()], [0, false]);
  });

  it('are added where the workspace has a request file', async () => {
    installedExtensions.set(id, httpYac);
    searched.files = ['a.http'];
    await start();
    assert.deepEqual([isAdded(), httpYac.cleared, loaded], [true, 1, 0]);
    assert.deepEqual(
      httpYac.suggestions.flatMap((suggest) => suggest().map(({ name }) => name)),
      ['reltioToken', 'reltioAuthorization'],
    );
  });

  for (const languageId of ['http', 'markdown', 'asciidoc']) {
    it(`are added when a document is opened: ${languageId}`, async () => {
      installedExtensions.set(id, httpYac);
      await start();
      openDocument({ languageId });
      await settled();
      assert.equal(isAdded(), true);
    });
  }

  it('are added once to an httpYac that runs already, and again after it was started again', async () => {
    installedExtensions.set(id, httpYac);
    await httpYac.activate();
    await start();
    openDocument({ languageId: 'http' });
    extensionsHaveChanged();
    await settled();
    assert.deepEqual([isAdded(), httpYac.suggestions.length, httpYac.cleared], [true, 1, 1]);
    const next = new FakeHttpYac();
    await next.activate();
    installedExtensions.set(id, next);
    extensionsHaveChanged();
    await settled();
    assert.ok(next.plugins['reltioAuth'] !== undefined);
  });

  it('are added to an httpYac that is installed later', async () => {
    await start();
    await httpYac.activate();
    installedExtensions.set(id, httpYac);
    extensionsHaveChanged();
    await settled();
    assert.equal(isAdded(), true);
  });

  it('are removed with this extension', async () => {
    installedExtensions.set(id, httpYac);
    await httpYac.activate();
    await start();
    registered?.dispose();
    await settled();
    assert.deepEqual([Object.keys(httpYac.plugins), httpYac.suggestions.length, httpYac.cleared], [[], 0, 2]);
  });

  it('are not added by an extension that was stopped while httpYac started', async () => {
    installedExtensions.set(id, httpYac);
    openDocuments.push({ languageId: 'http' });
    let finish: (exported: unknown) => void = () => assert.fail();
    httpYac.activate = () => new Promise((resolve) => (finish = resolve));
    await start();
    registered?.dispose();
    await settled();
    finish(httpYac.exported);
    await settled();
    assert.deepEqual([Object.keys(httpYac.plugins), httpYac.suggestions.length, httpYac.cleared], [[], 0, 0]);
  });

  for (const exported of [
    undefined,
    null,
    7,
    {},
    { httpyac: { store: {} } },
    { httpyac: { store: { pluginStore: null } } },
  ]) {
    it(`leave an httpYac alone that exports ${JSON.stringify(exported)}`, async () => {
      httpYac.exported = exported;
      installedExtensions.set(id, httpYac);
      await httpYac.activate();
      const log = await start();
      assert.deepEqual(ofRequestFiles(log), ['request files: httpYac has changed']);
    });
  }

  it('survive an httpYac that does not start', async () => {
    installedExtensions.set(id, { isActive: false, activate: () => Promise.reject(new Error('broken')) });
    openDocuments.push({ languageId: 'http' });
    const log = await start();
    assert.deepEqual(ofRequestFiles(log), ['request files: httpYac does not run']);
  });
});
