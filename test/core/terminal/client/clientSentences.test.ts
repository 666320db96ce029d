import assert from 'node:assert/strict';
import { clientSentences, saying, sentencesToWrite } from '../../../../src/core/terminal/client/clientSentences';
import { inLanguage } from '../../../fakes/inLanguage';

const names = Object.keys(clientSentences) as (keyof typeof clientSentences)[];

describe('what reltio-token says by itself', () => {
  it('is in the language of the window that installed it', () => {
    const german = {
      'The arguments are too long.': 'Die Argumente sind zu lang.',
      'What was asked for could not be written ({0}).': 'Die Ausgabe ist nicht möglich ({0}).',
    };
    let written = '';
    inLanguage(german, () => {
      written = sentencesToWrite();
    });
    const say = saying(() => written);
    assert.equal(say('tooLong'), 'Die Argumente sind zu lang. reltio-token --help lists the options.');
    assert.equal(say('notWritten'), 'Die Ausgabe ist nicht möglich ({0}).');
    assert.match(say('noAnswer'), /^The VS Code window /);
  });

  it('is in English if nothing, or something else, was written', () => {
    for (const written of ['', '[]', '{ broken', '{"waiting":1,"noAnswer":null,"tooLong":" "}', 'null', '\uFEFF{}']) {
      for (const name of names) {
        assert.equal(saying(() => written)(name), clientSentences[name](), written);
      }
    }
  });

  it('is not read before it is needed', () => {
    assert.doesNotThrow(() => saying(() => assert.fail('read')));
  });
});
