import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sentencesFile } from './clientSentences';

/** Reads what was written beside the program: nothing, if it was not. */
export function sentencesBeside(program = ''): () => string {
  return () => {
    try {
      return readFileSync(join(dirname(program), sentencesFile), 'utf8');
    } catch {
      return '';
    }
  };
}
