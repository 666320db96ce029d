import { readErrorAnswer } from '../../../src/core/dataApi/errorAnswer';
import { explainFailedCall } from '../../../src/core/dataApi/explainFailedCall';
import type { FailedCall, KnownEnvironment, Surroundings } from '../../../src/core/dataApi/failedCall';

export const auth = 'https://auth.reltio.com';
export const staging = 'https://auth-stg.reltio.com';
export const dev: KnownEnvironment = {
  name: 'dev',
  url: 'https://dev.reltio.com',
  identityServer: auth,
  tenant: 'AcmeDev01',
};
export const test: KnownEnvironment = {
  name: 'Test',
  url: 'https://tst-01.reltio.com',
  identityServer: staging,
  tenant: undefined,
};
export const entitiesOfDev = 'https://dev.reltio.com/reltio/api/AcmeDev01/entities';

export interface SampleCall {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly noAnswer?: FailedCall['noAnswer'];
}

/** The call, as the commands pass it on. */
function sampleCall({ status, body, headers = {}, url, noAnswer }: SampleCall): FailedCall {
  const parsed = url === undefined ? undefined : new URL(url);
  return {
    status,
    noAnswer,
    answer: readErrorAnswer(body),
    headers,
    address: parsed && {
      url: parsed,
      isTrusted: parsed.hostname.endsWith('.reltio.com'),
      isLocal: parsed.hostname === '127.0.0.1',
    },
  };
}

export function causeOf(call: SampleCall, surroundings: Partial<Surroundings> = {}): string {
  return explain(call, surroundings).cause;
}

export function explain(call: SampleCall, surroundings: Partial<Surroundings> = {}) {
  return explainFailedCall(sampleCall(call), {
    environments: [dev, test],
    named: undefined,
    issuer: undefined,
    issuers: [auth],
    ...surroundings,
  });
}
