import * as v from 'valibot';
import type { CoreMethod } from '../../src/core/model/signInMethod';
import { methods } from '../../src/features/signIn/methods/methods';

const pastedToken: CoreMethod = {
  kind: 'pastedToken',
  schema: v.object({ kind: v.literal('pastedToken') }),
  renewal: 'none',
};

export const simulatedMethods: readonly CoreMethod[] = [...methods, pastedToken];
