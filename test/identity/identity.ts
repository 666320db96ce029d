import { Clients } from './clients';
import type { Clock } from './clock';
import { Codes } from './codes';
import { Lockout } from './lockout';
import { defaultPolicy, type Policy } from './policy';
import { type Challenge, StateTokens } from './stateTokens';
import { Tokens } from './tokens';
import { Users } from './users';

/** Everything the endpoints share. No sockets here: an endpoint is a function of a call and this. */
export interface Identity {
  readonly clock: Clock;
  readonly policy: Policy;
  readonly users: Users;
  readonly clients: Clients;
  readonly tokens: Tokens;
  readonly stateTokens: StateTokens;
  readonly codes: Codes;
  readonly lockout: Lockout;
  readonly onChallenge: (challenge: Challenge) => void;
}

export function newIdentity(
  clock: Clock,
  chosen: Partial<Policy>,
  onChallenge: (challenge: Challenge) => void,
): Identity {
  const policy: Policy = { ...defaultPolicy, ...chosen };
  return {
    clock,
    policy,
    users: new Users(clock),
    clients: new Clients(),
    tokens: new Tokens(clock, policy),
    stateTokens: new StateTokens(clock, policy),
    codes: new Codes(clock, policy),
    lockout: new Lockout(policy),
    onChallenge,
  };
}
