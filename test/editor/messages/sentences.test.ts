import assert from 'node:assert/strict';
import { paragraphs, sentences } from '../../../src/editor/messages/sentences';

describe('whole sentences', () => {
  it('follow one another, without what is not said', () => {
    assert.equal(sentences('One.', false, '', undefined, 'Two.'), 'One. Two.');
    assert.equal(sentences(false, 'One.'), 'One.');
    assert.equal(sentences(undefined), '');
  });

  it('have an empty line between them as paragraphs', () => {
    assert.equal(paragraphs('One. Two.', '', 'Three.', false), 'One. Two.\n\nThree.');
  });
});
