import assert from 'node:assert/strict';
import { pastedTokenClient } from '../../../../src/core/model/account';
import { methods as everyMethod } from '../../../../src/features/signIn/methods/methods';
import type { OfferedMethod } from '../../../../src/features/signIn/methods/offeredMethod';
import { offers, withUsableMethod, type Offering } from '../../../../src/features/signIn/methods/offers';

const method = (kind: string, signsIn: OfferedMethod['signsIn'], away?: string): OfferedMethod => ({
  kind,
  label: () => kind,
  detail: () => '',
  help: 'methods',
  signsIn,
  initial: { kind },
  ...(away === undefined ? {} : { unavailable: ({ isBesideBrowser }) => (isBesideBrowser ? undefined : away) }),
});
const methods = [
  method('password', 'user'),
  method('browser', 'user', 'Not on this machine.'),
  method('client', 'client'),
  method('pasted', 'pastedToken'),
];
const here: Offering = { request: {}, place: { isBesideBrowser: true }, last: undefined };
const away = { isBesideBrowser: false };
const list = (offering: Partial<Offering>): string[] =>
  offers(methods, { ...here, ...offering }).map(
    ({ method: { kind }, unavailable }) => kind + (unavailable === undefined ? '' : `: ${unavailable}`),
  );

describe('the list of sign-in methods', () => {
  it('has no method that registers a client of its own where a client is needed', () => {
    const registering = [{ ...method('page', 'user'), initial: { kind: 'page', registersClient: true } } as const];
    const one = (request: Offering['request']) => offers(registering, { ...here, request })[0]?.unavailable;
    assert.match(
      one({ clientId: 'acme' }) ?? '',
      /^This sign-in is for client acme, and this method registers a client/,
    );
    assert.equal(one({}), undefined);
  });

  const ofJane = 'This sign-in is for user jane@acme.com, not for a client.';
  const ofClient = 'This sign-in is for client acme, not for a user.';
  const notPasted = 'This sign-in is for client acme, and the client of a pasted token is unknown.';
  const onlyPasted = 'This sign-in is for the account of a pasted token.';
  for (const [when, offering, expected] of [
    ['all of them', {}, ['password', 'browser', 'client', 'pasted']],
    ['the last used first', { last: 'client' }, ['client', 'password', 'browser', 'pasted']],
    [
      'what does not work here last',
      { place: away },
      ['password', 'client', 'pasted', 'browser: Not on this machine.'],
    ],
    [
      'the last used last if it does not work here',
      { place: away, last: 'browser' },
      ['password', 'client', 'pasted', 'browser: Not on this machine.'],
    ],
    ['all of them after a method that no longer exists', { last: 'gone' }, ['password', 'browser', 'client', 'pasted']],
    [
      'no token of an unknown client where a client is needed',
      { request: { clientId: 'acme' } },
      ['password', 'browser', 'client', `pasted: ${notPasted}`],
    ],
    [
      'no client where a user is asked for',
      { request: { clientId: 'acme', user: 'jane@acme.com' } },
      ['password', 'browser', `client: ${ofJane}`, `pasted: ${notPasted}`],
    ],
    [
      'no user where a client is asked for',
      { request: { clientId: 'acme', isClient: true } },
      ['client', `password: ${ofClient}`, `browser: ${ofClient}`, `pasted: ${notPasted}`],
    ],
    [
      'only a pasted token where one is asked for',
      { request: { clientId: pastedTokenClient, user: 'jane@acme.com' } },
      ['pasted', `password: ${onlyPasted}`, `browser: ${onlyPasted}`, `client: ${onlyPasted}`],
    ],
  ] as const) {
    it(`has ${when}`, () => {
      assert.deepEqual(list(offering), expected);
    });
  }

  it('says what is shown safely', () => {
    const [, , , pasted] = offers(methods, { ...here, request: { clientId: '[x](command:y)' } });
    assert.match(pasted?.unavailable ?? '', /for client \(x\)\(command:y\),/);
  });
});

describe('the sign-in methods of this extension', () => {
  const labels = (place: Offering['place'], last?: string) =>
    offers(everyMethod, { request: {}, place, last }).map(
      ({ method: { label }, unavailable }) => label() + (unavailable === undefined ? '' : ` – ${unavailable}`),
    );

  it('are these, beside a browser', () => {
    assert.deepEqual(labels(here.place), [
      'Password',
      'Password at another identity provider',
      'Browser',
      'Login page',
      'Browser, then paste',
      'Client credentials',
      'Paste a token',
    ]);
  });

  it('are these on another computer than the browser', () => {
    const [first, second, ...others] = labels(away, 'pastedCallback');
    assert.deepEqual([first, second], ['Browser, then paste', 'Password']);
    assert.deepEqual(
      others.filter((label) => label.includes('–')),
      others.slice(-others.filter((label) => label.includes('–')).length),
    );
    assert.match(others.at(-1) ?? '', /^(Browser|Login page) – Your browser runs on another computer\./);
  });

  it('each say why they cannot be used in a sentence that a list can show', () => {
    for (const { unavailable } of offers(everyMethod, { request: {}, place: away, last: undefined })) {
      assert.ok(unavailable === undefined || (unavailable.length <= 90 && unavailable.endsWith('.')), unavailable);
    }
  });
});

describe('a request for a method', () => {
  const usable = (request: Parameters<typeof withUsableMethod>[0], place = here.place) =>
    withUsableMethod(request, methods, place);

  it('is kept where the method works', () => {
    const request = { method: { kind: 'browser' }, user: 'jane@acme.com' };
    assert.equal(usable(request), request);
  });

  it('is dropped where the method does not work, so that the user chooses another', () => {
    assert.deepEqual(usable({ method: { kind: 'browser' }, user: 'jane@acme.com' }, away), { user: 'jane@acme.com' });
  });

  it('is made if only one is left', () => {
    const request = { clientId: 'acme', isClient: true };
    assert.deepEqual(usable(request), { ...request, method: { kind: 'client' } });
    assert.deepEqual(usable({ clientId: 'acme' }), { clientId: 'acme' });
  });
});
