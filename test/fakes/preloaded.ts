import type { RarePaths } from '../../src/core/core';
import { Rejections } from '../../src/core/sessions/rejections';
import { Revoker } from '../../src/core/calls/revoker';

/** For a core with a clock of its own: loading a file takes time that such a clock knows nothing of. */
export const preloaded: RarePaths = {
  revoker: () => Promise.resolve({ Revoker }),
  rejections: () => Promise.resolve({ Rejections }),
};
