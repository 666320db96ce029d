import * as l10n from '@vscode/l10n';
import assert from 'node:assert/strict';
import { languages, translations } from '../../../../scripts/l10n/languages';
import {
  answerButtons,
  answerOf,
  firstUseQuestion,
  productionQuestion,
} from '../../../../src/features/handoff/access/accessQuestions';
import { sampleEnvironment } from '../../../fakes/sampleEnvironment';
import { inLanguage } from '../../../fakes/inLanguage';

const jane = { identityServer: 'https://auth.reltio.com', clientId: 'reltio_ui', user: 'jane@acme.com' };
const german = { 'Until the Window Closes': 'Bis das Fenster schließt', Always: 'Immer', Never: 'Nie' };

describe('the questions about tokens for terminals and request files', () => {
  it('have buttons that decide the same in every language', () => {
    const decided = (): unknown[] =>
      firstUseQuestion('terminals', jane).choices.map((title) => [title, answerOf(title)]);
    assert.deepEqual(decided(), [
      ['Until the Window Closes', 'window'],
      ['Always', 'always'],
      ['Never', 'never'],
    ]);
    inLanguage(german, () => {
      assert.deepEqual(decided(), [
        ['Bis das Fenster schließt', 'window'],
        ['Immer', 'always'],
        ['Nie', 'never'],
      ]);
    });
  });

  it('have no two buttons with one title in a language that we ship', () => {
    for (const language of languages()) {
      inLanguage(translations(language), () => {
        const { choices, no } = firstUseQuestion('terminals', jane);
        assert.equal(new Set([...choices, no, l10n.t('Ask Again'), l10n.t('Leave as It Is')]).size, 6, language);
        assert.equal(answerOf(no), undefined, language);
      });
    }
  });

  it('give nothing away for another text', () => {
    for (const title of ['Not Now', 'always', '', 'constructor']) assert.equal(answerOf(title), undefined, title);
  });

  it('never offer to allow production always', () => {
    const live = [sampleEnvironment('live', { production: true })];
    const [window, , never] = answerButtons();
    assert.deepEqual(productionQuestion('requestFiles', jane, live, true).choices, [window.title]);
    assert.deepEqual(productionQuestion('requestFiles', jane, live, false).choices, [window.title, never.title]);
  });

  it('say who gets tokens, for what, and for how long, in whole sentences', () => {
    const { message, detail } = productionQuestion('terminals', jane, [sampleEnvironment('live')], false);
    assert.equal(message, 'Allow terminals of this workspace to get Reltio tokens for production?');
    assert.match(
      detail,
      /^"reltio-token" was run in a terminal of this window, for the access token of jane@acme\.com /,
    );
    assert.match(detail, /\. It gives access to live .*\.\n\nIf you agree, every program in these terminals, /);
    assert.match(detail, /until this window is closed or reloaded\.\n\nThis call waits for one minute; /);
  });
});
