import type { LazyModules } from '../../src/core/core';
import { CallLimits } from '../../src/core/calls/callLimits';
import { Revoker } from '../../src/core/calls/revoker';
import { SessionCheck } from '../../src/core/calls/sessionCheck';
import { TokenCalls } from '../../src/core/calls/tokenCalls';
import { Notes } from '../../src/core/history/notes';
import * as checkToken from '../../src/core/oauth/checkToken';
import * as environmentCalls from '../../src/core/dataApi/environmentCalls';
import * as forgetStored from '../../src/core/forgetting/forgetStored';
import { Exchange } from '../../src/core/sessions/exchange';
import { ManualRefresh } from '../../src/core/sessions/manualRefresh';
import { Rejections } from '../../src/core/rejections/rejections';
import { SignOut } from '../../src/core/sessions/signOut';

/** For a core with a fake clock, which does not measure the time that loading a module takes. */
export const preloaded: LazyModules = {
  notes: () => Promise.resolve({ Notes }),
  tokenCalls: () => Promise.resolve({ TokenCalls }),
  callLimits: () => Promise.resolve({ CallLimits }),
  exchange: () => Promise.resolve({ Exchange }),
  checkToken: () => Promise.resolve(checkToken),
  sessionCheck: () => Promise.resolve({ SessionCheck }),
  revoker: () => Promise.resolve({ Revoker }),
  rejections: () => Promise.resolve({ Rejections }),
  manualRefresh: () => Promise.resolve({ ManualRefresh }),
  signOut: () => Promise.resolve({ SignOut }),
  environmentCalls: () => Promise.resolve(environmentCalls),
  forgetStored: () => Promise.resolve(forgetStored),
};
