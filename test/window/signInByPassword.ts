import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { until } from './until';

/** Answers the steps of a sign-in as Jane: server, method, client if it is asked for, user, password. */
export async function answerAsJane(window: Window, server: IdentityServer): Promise<void> {
  const { name, password } = server.users.plain;
  await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
  await window.pick('Password');
  const asksForUser = await until('the next question', async () => {
    const box = await window.quickInput();
    if (box?.items.some(({ label }) => label === 'Use reltio_ui') === true) return { isClientKnown: false };
    return /User name/.test(box?.message ?? '') ? { isClientKnown: true } : undefined;
  });
  if (!asksForUser.isClientKnown) await window.pick('Use reltio_ui');
  await window.untilQuickInput({ message: /User name/ });
  await window.typeInBox(name);
  await window.untilQuickInput({ password: true });
  await window.typeInBox(password);
}

/** Signs in as Jane, from the palette to the final message. */
export async function signInAsJane(window: Window, server: IdentityServer): Promise<string> {
  const signIn = async (): Promise<void> => {
    await window.runCommand('Reltio: Sign In');
    await answerAsJane(window, server);
  };
  return await window.notificationAfter(signIn, /^Signed in as jane/);
}

/** Signs in as Omar, who has an authenticator app, once a client is known. */
export async function signInAsOmar(window: Window, server: IdentityServer): Promise<string> {
  const omar = server.users.withAuthenticator;
  const signIn = async (): Promise<void> => {
    await window.runCommand('Reltio: Sign In');
    await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
    await window.pick('Password');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox(omar.name);
    await window.untilQuickInput({ password: true });
    await window.typeInBox(omar.password);
    await window.untilQuickInput({ message: /authenticator app/ });
    await window.typeInBox(omar.code());
  };
  return await window.notificationAfter(signIn, /^Signed in as omar/);
}
