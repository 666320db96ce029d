import assert from 'node:assert/strict';
import { canRefresh } from '../../../../src/core/model/refreshMeans';
import { AccountInUse } from '../../../../src/editor/accountInUse';
import { methods } from '../../../../src/features/signIn/methods/methods';
import { detailsText } from '../../../../src/features/statusBar/details/detailsText';
import { Status } from '../../../../src/features/statusBar/status';
import { tooltipText } from '../../../../src/features/statusBar/tooltip';
import { badge } from '../../../fakes/badgeMethod';
import { Desk } from '../../../fakes/desk';
import { pair } from '../../../fakes/fakeHttp';
import { FakeMemory } from '../../../fakes/fakeMemory';
import { preloadedMethods } from '../../../fakes/preloadedMethods';
import { goBack } from '../../../fakes/scriptedPrompt';
import { noEnvironments } from '../../../fakes/sampleEnvironment';

/** This is all that registers it: everything else asks the method itself. */
const withBadge = [...preloadedMethods, badge];

describe('a sign-in method that is added', () => {
  const forms: Record<string, string>[] = [];
  const http = {
    send: ({ body = '' }: { readonly body?: string }) => {
      forms.push(Object.fromEntries(new URLSearchParams(body)));
      return Promise.resolve(pair('a0', 'r0'));
    },
  };
  let desk: Desk;
  beforeEach(() => {
    forms.length = 0;
    desk = new Desk([], http, withBadge);
    desk.installation.alone();
  });
  const signIn = () => desk.signIn(['Badge', 'Use reltio_ui', 'Floor 3', '4711']);

  it('is offered, asks its own questions and sends its own grant', async () => {
    const session = await signIn();
    const [list] = desk.asked;
    assert.deepEqual(
      list?.items.map((item) => item.split(':')[0]),
      withBadge.map(({ label }) => label()),
    );
    assert.deepEqual(
      desk.asked.map(({ question }) => question),
      ['How do you sign in?', 'Which client do you sign in with?', 'Floor?', 'Badge number'],
    );
    assert.deepEqual(forms, [{ grant_type: 'badge', badge: '4711', floor: '3' }]);
    assert.deepEqual(session.account, { identityServer: 'https://auth.reltio.com', clientId: 'reltio_ui' });
    assert.deepEqual(session.method, { kind: 'badge', floor: 3 });
  });

  it('keeps its answers when the user goes back, and drops them for another method', async () => {
    await desk.signIn(['Badge', 'Use reltio_ui', 'Floor 3', goBack, 'Floor 2', '4711']);
    assert.deepEqual(forms, [{ grant_type: 'badge', badge: '4711', floor: '2' }]);
    const answers = ['Badge', 'Floor 3', goBack, goBack, 'Password', 'jane@acme.com', 'a password'];
    assert.deepEqual((await desk.signIn(answers)).method, { kind: 'password' });
  });

  it('leaves a session that survives a restart, and asks nothing twice when it signs in again', async () => {
    const { account, method } = await signIn();
    const restarted = desk.installation.openCore(http);
    const [stored] = await restarted.sessions.list();
    assert.deepEqual([stored?.account, stored?.method], [account, { kind: 'badge', floor: 3 }]);
    await desk.signIn(['4712'], { identityServer: account.identityServer, clientId: account.clientId, method });
    assert.deepEqual(forms.at(-1), { grant_type: 'badge', badge: '4712', floor: '3' });
  });

  it('decides that its session is not refreshed, although the server gave a refresh token', async () => {
    await signIn();
    const [stored] = await desk.installation.openCore(http).sessions.list();
    assert.equal(stored?.tokens.refreshToken, 'r0');
    assert.equal(canRefresh(stored), false);
  });

  it('says in the status bar and in the details how the session was signed in', async () => {
    await signIn();
    const { sessions } = desk.core;
    const { log, clock } = desk.installation;
    const inUse = new AccountInUse(sessions, new FakeMemory(), log);
    await inUse.choose(sessions.known[0]!.account);
    const status = new Status(
      sessions,
      inUse,
      noEnvironments,
      () => 28,
      () => undefined,
      () => undefined,
      withBadge,
    );
    assert.match(tooltipText(status.inUse, clock.now(), 'focused'), /with a badge of floor 3/);
    assert.match(detailsText(status.all, status.inUse, clock.now()), /with a badge of floor 3/);
  });

  it('is left unchanged, and kept, by a version that does not know it', async () => {
    await signIn();
    desk.installation.methods = preloadedMethods;
    const older = desk.installation.openCore(http);
    assert.deepEqual(await older.sessions.list(), []);
    assert.equal(older.sessions.hasUnreadable, true);
    await older.holds();
    desk.installation.methods = withBadge;
    const kinds = (await desk.installation.openCore(http).sessions.list()).map(({ method }) => method.kind);
    assert.deepEqual(kinds.toSorted(), ['badge', 'password']);
  });

  it('loads its steps with the first sign-in, as all of them do', async () => {
    for (const { kind, steps } of methods) {
      const loaded = await steps();
      assert.ok(loaded.length > 1, kind);
    }
  });
});
