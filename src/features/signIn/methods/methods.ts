import { browser, pastedCallback } from './browser';
import { clientCredentials } from './clientCredentials';
import { identityProvider } from './identityProvider';
import { loginPage } from './loginPage';
import type { Method } from './method';
import { password } from './password';
import { pastedToken } from './pastedToken';

/** Every way to sign in, in the order in which they are offered. A new one is a file beside this one and a line here. */
export const methods: readonly Method[] = [
  password,
  identityProvider,
  browser,
  loginPage,
  pastedCallback,
  clientCredentials,
  pastedToken,
];
