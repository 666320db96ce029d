import { defaultPolicy, type Policy } from './policy';

const discoveries = [
  'absent',
  'withPkce',
  'withoutPkce',
  'plainPkce',
  'openidOnly',
  'wrongIssuer',
  'foreignEndpoints',
  'withoutRegistration',
  'html',
  'unauthorized',
] as const;

type Choices = { readonly [Name in keyof Policy]: readonly Policy[Name][] | 'number' | 'text' };

const choices: Choices = {
  accessTokenLifetime: 'number',
  refreshTokenLifetime: 'number',
  stateTokenLifetime: 'number',
  mailedCodeDigits: 'number',
  refreshReturns: ['samePairSameExpiry', 'samePairNewExpiry', 'rotatedPair', 'noRefreshToken', 'sameRefreshToken'],
  earlyRefreshReturns: ['sameAccessToken', 'newAccessToken'],
  returnsExpiredFor: 'number',
  refreshRevokesOlderAccessToken: [true, false],
  secondLoginReturns: ['samePair', 'newPair'],
  multiTokenQuota: 'number',
  quotaRefusal: ['tooManyRequests429', 'limitExceeded400'],
  clientCredentialsRefreshToken: [true, false],
  ssoCheck: ['sso', 'native', 'error', 'absent'],
  autoApprove: 'text',
  allowedRedirects: 'text',
  callback: ['code', 'accessDenied', 'serverError', 'wrongState', 'withoutState', 'withoutCode'],
  callbackErrorText: 'text',
  callbackIssuer: ['none', 'own', 'foreign'],
  codeLifetime: 'number',
  codeNeedsRedirectUri: [true, false],
  codeRefusal: ['invalidGrant', 'invalidRequest'],
  pkce: ['ignored', 'checked', 'required'],
  discovery: discoveries,
  loginPageDiscovery: discoveries,
  registration: ['public', 'withSecret', 'refused', 'absent'],
  loginPageTakes: ['json', 'form', 'both'],
  loginPageServesDataApi: [true, false],
  responseTypes: ['documented', 'sampled'],
  leadingBlanksInScope: [true, false],
  invalidRefreshToken: ['invalidGrant400', 'invalidToken401'],
  invalidCheckedTokenStatus: [400, 401, 403],
  checkTokenTells: ['everything', 'withoutExpiry', 'withoutUser', 'userNameOnly', 'absent'],
  expirationUnit: ['seconds', 'milliseconds'],
  badClientError: ['unauthorized', 'invalid_client'],
  unauthorizedClientStatus: [400, 401],
  mfaStatus: 'text',
  lockAfter: 'number',
  tokenForm: ['uuid', 'severalKilobytes', 'reltio'],
  revokeTakes: ['form', 'query', 'both'],
  revokeNeedsClient: [true, false],
  logoutUri: 'text',
  environmentStatus: ['green', 'html', 'needsToken', 'unavailable', 'absent'],
  tenantList: ['complete', 'withUnreadable', 'withoutNames', 'empty', 'forbidden', 'absent'],
  tenantName: ['known', 'empty', 'forbidden', 'absent'],
  dataApiRefuses: [true, false],
};

const names = Object.keys(choices) as (keyof Policy)[];

/** `refreshReturns` is the flag `--refresh-returns`, and so on; each requires a value. */
export const policyFlags: ReadonlyMap<string, keyof Policy> = new Map(
  names.map((name) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), name]),
);

/** The policy that flags ask for. Throws a sentence for a value that a policy does not have. */
export function policyFrom(flags: Readonly<Record<string, string | undefined>>): Partial<Policy> {
  const chosen = [...policyFlags].flatMap(([flag, name]) => {
    const text = flags[flag];
    return text === undefined ? [] : [[name, valueOf(flag, choices[name], text)] as const];
  });
  return Object.fromEntries(chosen);
}

/** One line for each flag: its values and its default. */
export function describeFlags(): string {
  const lines = [...policyFlags].map(([flag, name]) => {
    const allowed = choices[name];
    return `  --${flag} ${typeof allowed === 'string' ? `<${allowed}>` : allowed.join('|')} (${String(defaultPolicy[name])})`;
  });
  return lines.join('\n');
}

function valueOf(flag: string, allowed: Choices[keyof Policy], text: string): string | number | boolean {
  if (allowed === 'text') {
    return text;
  }
  if (allowed === 'number') {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
      throw new Error(`--${flag} takes a number that is not negative, not "${text}".`);
    }
    return number;
  }
  const value = allowed.find((choice) => String(choice) === text);
  if (value === undefined) {
    throw new Error(`--${flag} takes ${allowed.join(', ')}, not "${text}".`);
  }
  return value;
}
