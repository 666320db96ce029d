import '../../../fakes/fakeDocuments';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { detailsPage } from '../../../../src/features/statusBar/details/detailsPage';
import { FakeClock } from '../../../fakes/fakeClock';
import { sampleState } from '../../../fakes/sampleState';

describe('the page of the session details', () => {
  const state = sampleState();
  const uri = (path: string): vscode.Uri => vscode.Uri.from({ scheme: 'reltio-sessions', path });

  it('shows the state of now each time, rendered and as plain text', async () => {
    const shown = { all: [state], inUse: state };
    const page = detailsPage(shown, new FakeClock(), { read: () => Promise.resolve([]) }, () => 28);
    assert.match(await page.provideTextDocumentContent(uri('/Reltio Sessions.md')), /\| Session id \| jane \|/);
    assert.match(await page.provideTextDocumentContent(uri('/Reltio Sessions.txt')), /Session id: +jane/);
    shown.all = [sampleState({ session: undefined })];
    assert.doesNotMatch(await page.provideTextDocumentContent(uri('/Reltio Sessions.md')), /Session id/);
    page.dispose();
  });

  it('does not wait for a history on a drive that does not respond', async () => {
    const clock = new FakeClock();
    const hangs = { read: () => new Promise<never>(() => undefined) };
    const page = detailsPage({ all: [state], inUse: state }, clock, hangs, () => 28);
    const text = await clock.finish(page.provideTextDocumentContent(uri('/Reltio Sessions.md')));
    assert.match(text, /Session id/);
    page.dispose();
  });
});
