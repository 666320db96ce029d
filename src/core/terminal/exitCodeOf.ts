import type { Failure, FailureCode } from '../base/failure';
import type { FailureRow } from '../base/failureRow';
import { failureTable } from '../base/failureTable';
import { exitCodes, type ExitCode } from './exitCodes';

/** By group: what a script can do about it. */
const byGroup: Readonly<Record<FailureRow['group'], ExitCode>> = {
  entry: exitCodes.notSignedIn,
  account: exitCodes.notSignedIn,
  client: exitCodes.notSignedIn,
  signInRequired: exitCodes.notSignedIn,
  session: exitCodes.internalError,
  refusal: exitCodes.outage,
  answer: exitCodes.outage,
  offline: exitCodes.outage,
  setup: exitCodes.internalError,
  storage: exitCodes.internalError,
  stopped: exitCodes.denied,
};

/** Those that differ from their group. */
const byCode: { readonly [Code in FailureCode]?: ExitCode } = {
  signedOut: exitCodes.notSignedIn,
  noAccountFits: exitCodes.noSuchAccount,
  severalAccounts: exitCodes.noSuchAccount,
  noAccountInUse: exitCodes.noSuchAccount,
  accountUnknown: exitCodes.noSuchAccount,
  accountAmbiguous: exitCodes.noSuchAccount,
  accountElsewhere: exitCodes.noSuchAccount,
  environmentUnknown: exitCodes.noSuchAccount,
  noEnvironment: exitCodes.noSuchAccount,
  expiresTooSoon: exitCodes.notValidLongEnough,
  noRefreshToken: exitCodes.notValidLongEnough,
  neverRefreshed: exitCodes.notValidLongEnough,
  askedJustNow: exitCodes.outage,
  lockBusy: exitCodes.outage,
  workspaceNotTrusted: exitCodes.denied,
  tokensNeedTrust: exitCodes.denied,
  otherServer: exitCodes.notSignedIn,
  storeDamaged: exitCodes.notSignedIn,
};

export function exitCodeOf({ code }: Pick<Failure, 'code'>): ExitCode {
  return byCode[code] ?? byGroup[failureTable[code].group];
}
