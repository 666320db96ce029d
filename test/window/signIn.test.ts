import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture } from './pictures';
import { isSignInWindowNeeded, signInWindow } from './signInWindow';
import { until } from './until';

describe('signing in from the palette', () => {
  let server: IdentityServer;
  let window: Window;
  signInWindow((opened) => ({ server, window } = opened));

  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const serverAndMethod = async (method: string): Promise<void> => {
    await window.runCommand('Reltio: Sign In');
    await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
    await window.pick(method);
  };

  it('offers every way to sign in, those that do not work here last', async () => {
    await window.runCommand('Reltio: Sign In');
    await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
    const { items } = await window.untilQuickInput({ item: 'Client credentials' });
    const labels = items.map(({ label }) => label);
    assert.equal(labels[0], 'Password');
    for (const label of [
      'Password at another identity provider',
      'Login page',
      'Browser, then paste',
      'Paste a token',
    ]) {
      assert.ok(labels.includes(label), labels.join('\n'));
    }
    assert.equal(labels.at(-1), 'Browser', 'the browser is not on the machine of the extension');
    await picture(window, 'ways-to-sign-in', { ...boxPart, height: 400 });
    await window.press('Escape');
    await window.untilNoQuickInput();
  });

  it('reports a wrong password in the box, which stays open, and sends nothing on its own', async () => {
    await serverAndMethod('Password');
    await window.pick('Use reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox('   ');
    await window.untilQuickInput({ message: /Enter your user name/, severity: 'error' });
    await window.typeInBox(' jane@acme.com ');
    const box = await window.untilQuickInput({ message: /jane@acme\.com: Your Reltio password/, password: true });
    assert.match(box.title, /^Sign in to Reltio \(\d\/\d\)$/);
    await picture(window, 'sign-in', { ...boxPart, height: 140 });
    await window.typeInBox('wrong');
    const refused = await window.untilQuickInput({ message: /does not accept this user name/, severity: 'error' });
    assert.equal(refused.value, '');
    assert.equal(server.requests.tokenCalls('password').length, 1);
  });

  it('warns from the third wrong password on that accounts are locked after five', async () => {
    await window.typeInBox('wrong again');
    await until('the second refusal', async () => {
      const box = await window.quickInput(); // which the extension empties for the next password
      return box?.enabled === true && box.value === '' && server.requests.tokenCalls('password').length === 2;
    });
    await window.typeInBox('wrong for the third time');
    await window.untilQuickInput({
      message: /Careful: 3 wrong attempts in a row. Reltio locks an account after five/,
      severity: 'error',
    });
  });

  it('signs in with the right password and shows how long the token is valid', async () => {
    await window.typeInBox(server.users.plain.password);
    await window.untilNotification(
      /^Signed in as jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)\. The token is valid until (\w+ \w+, )?\d\d:\d\d/,
    );
    await window.untilStatusBar(/^Reltio (59|60) min$|^Reltio 1 h$/);
    await picture(window, 'signed-in');
  });

  it('asks for the code of an authenticator, again after a wrong one, without sending the password again', async () => {
    const omar = server.users.withAuthenticator;
    server.requests.clear();
    await serverAndMethod('Password');
    await window.untilQuickInput({ message: /User name/ });
    assert.equal((await window.quickInput())?.value, 'jane@acme.com', 'the last user is filled in');
    await window.clickQuickInputButton('Back');
    await window.pick('Password');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox(omar.name);
    await window.untilQuickInput({ password: true });
    await window.clickQuickInputButton('Back');
    assert.equal((await window.untilQuickInput({ message: /User name/ })).value, omar.name, 'what was typed is kept');
    await window.typeInBox(omar.name);
    await window.untilQuickInput({ password: true });
    await window.typeInBox(omar.password);
    await window.untilQuickInput({ message: /authenticator app/, password: true });
    await window.typeInBox(omar.code() === '000000' ? '000001' : '000000');
    await window.untilQuickInput({ message: /That code is not correct/, severity: 'error' });
    await window.typeInBox(` ${omar.code().slice(0, 3)} ${omar.code().slice(3)} `);
    await window.untilNotification(/^Signed in as omar@acme\.com/);
    assert.equal(server.requests.tokenCalls('password').length, 1);
    assert.equal(server.requests.tokenCalls('state_token').length, 2);
  });

  it('accepts a client as a pasted Basic header, and an e-mailed code', async () => {
    await serverAndMethod('Password');
    await window.untilQuickInput({ message: /User name/ });
    await window.clickQuickInputButton('Use a client other than');
    await window.pick('Paste the Basic header that Reltio sent');
    await window.untilQuickInput({ message: /Paste the Basic header/ });
    await window.typeInBox('Basic not-base64-of-anything!');
    await window.untilQuickInput({ message: /This is not a Basic header/, severity: 'error' });
    await window.typeInBox(`  Authorization: ${server.clients.own.basic} `);
    await window.untilQuickInput({ message: /User name/ });
    const mina = server.users.withEmail;
    await window.typeInBox(mina.name);
    await window.untilQuickInput({ password: true });
    await window.typeInBox(mina.password);
    await window.untilQuickInput({ message: /e-mailed/, password: true });
    await window.typeInBox(mina.code());
    await window.untilNotification(/^Signed in as mina@acme\.com \(http:\/\/127\.0\.0\.1:\d+\) · acme_dev/);
  });

  it('accepts a Basic header pasted in place of the client id at once, and hides it', async () => {
    const { basic } = server.clients.own;
    await serverAndMethod('Password');
    await window.pick('Enter client id and secret');
    const empty = await window.untilQuickInput({ message: /^Client id/ });
    assert.equal(empty.password, false);
    await window.typeInBox(`Basic ! ${basic.slice('Basic '.length)}`, { submit: false });
    await window.untilQuickInput({ message: /^Client id/, password: true });
    await pause(2_000); // the browser saves the text of a readable input after a second
    await window.typeInBox(`Authorization: ${basic}`, { submit: false });
    assert.equal((await window.untilQuickInput({ message: /User name/ })).password, false);
    await pause(2_000);
    await window.press('Escape');
    await window.untilNoQuickInput();
  });

  it('signs in through an identity provider with an access token of several KB', async () => {
    const sara = server.users.salesforceOnly;
    await serverAndMethod('Password at another identity provider');
    await window.pick('Salesforce');
    await window.pick('reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox(sara.name);
    await window.untilQuickInput({ message: /several KB are fine/, password: true });
    await window.typeInBox('not her password');
    await window.untilQuickInput({ message: /does not accept this user name/, severity: 'error' });
    await window.typeInBox(sara.idpAccessToken ?? '');
    await window.untilNotification(/^Signed in as sara@acme\.com/);
    const [call] = server.requests.tokenCalls('password').slice(-1);
    assert.equal(call?.form['idp_system'], 'salesforce');
  });

  it('sent no secret in a URL', () => {
    assert.equal(
      server.requests.all.some(({ secretInUrl }) => secretInUrl),
      false,
    );
  });

  it('leaves no secret on disk', async () => {
    await assertNothingLeaked(window, server, isSignInWindowNeeded());
  });
});
