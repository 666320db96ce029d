import * as v from 'valibot';
import type { CoreMethod } from '../../src/core/model/signInMethod';
import { clientCredentialsGrant } from '../../src/core/oauth/grants';
import { methods } from '../../src/features/signIn/methods/methods';

const clientCredentials: CoreMethod = {
  kind: 'clientCredentials',
  schema: v.object({ kind: v.literal('clientCredentials') }),
  renewal: 'clientAgain',
  grant: () => clientCredentialsGrant(),
};

const pastedToken: CoreMethod = {
  kind: 'pastedToken',
  schema: v.object({ kind: v.literal('pastedToken') }),
  renewal: 'none',
};

export const simulatedMethods: readonly CoreMethod[] = [...methods, clientCredentials, pastedToken];
