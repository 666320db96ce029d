import { items } from '../../fakes/fakeItem';
import { lookAway, windowState } from '../../fakes/fakeVscode';
import { choices, lists } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { accountLabel, type Account } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import type { Click } from '../../../src/features/statusBar/click';
import { detailsText } from '../../../src/features/statusBar/details/detailsText';
import { SessionItem } from '../../../src/features/statusBar/sessionItem';
import * as tooltip from '../../../src/features/statusBar/tooltip';
import { showMenu } from '../../../src/features/statusBar/showMenu';
import { methods } from '../../../src/features/signIn/methods/methods';
import { statusView } from '../../../src/features/statusBar/view';
import { Status } from '../../../src/features/statusBar/status';
import { AccountInUse } from '../../../src/editor/accountInUse';
import type { Environment } from '../../../src/editor/settings/environments';
import { bystanders } from '../../fakes/bystanders';
import { monday } from '../../fakes/fakeClock';
import { answer, pair } from '../../fakes/fakeHttp';
import { FakeMemory } from '../../fakes/fakeMemory';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { noEnvironments, sampleEnvironment } from '../../fakes/sampleEnvironment';
import { Installation, type TestCore } from '../../fakes/installation';
import { RanCommands } from '../../fakes/ranCommands';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const zoe = bystanders[0]!.session;

describe('the status bar with several accounts', () => {
  let shared: Installation;
  let core: TestCore;
  let accountInUse: AccountInUse;
  let environments: { all: readonly Environment[]; current: Environment | undefined };
  let status: Status;
  let commands: RanCommands;
  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds();
    accountInUse = new AccountInUse(core.sessions, new FakeMemory(), shared.log);
    await accountInUse.choose(jane);
    environments = { ...noEnvironments };
    status = new Status(
      core.sessions,
      accountInUse,
      environments,
      () => 28,
      () => undefined,
      () => undefined,
      methods,
    );
    commands = new RanCommands();
    choices.length = lists.length = items.length = 0;
  });
  afterEach(() => {
    commands.stop();
    lookAway(true, true);
  });
  const stateOf = (id: string) => status.all.find(({ session }) => session?.id === id)!;

  describe('collects', () => {
    it('the state of each account, and of the one in use', async () => {
      assert.equal(status.inUse.session?.id, 'jane');
      assert.deepEqual(status.all.map(({ session }) => session?.id).toSorted(), [
        'jane',
        'jane-eu',
        'jane-reports',
        'zoe',
      ]);
      assert.equal(stateOf('jane').refreshTokenExpiresAt, monday + 28 * day);
      assert.equal(stateOf('zoe').refreshTokenExpiresAt, monday + 428 * day);
      await accountInUse.choose(zoe.account);
      assert.equal(status.inUse.session?.id, 'zoe');
      assert.equal(status.inUse.refreshTokenExpiresAt, monday + 428 * day);
    });

    it('a running refresh, and why the last one failed, for the accounts that it concerns', async () => {
      await shared.clock.pass(hour);
      shared.http.takes = 100;
      shared.http.next(answer(503));
      const failing = core.sessions.fresh('jane').catch(() => undefined);
      await shared.clock.pass(50);
      const refreshing = () => status.all.filter(({ isRefreshing }) => isRefreshing).map(({ session }) => session?.id);
      assert.deepEqual(refreshing(), ['jane']);
      assert.equal(status.inUse.isRefreshing, true);
      await shared.clock.finish(failing);
      assert.deepEqual(refreshing(), []);
      assert.equal(status.inUse.outage?.failure.code, 'serverError');
      assert.equal(stateOf('zoe').outage?.failure.code, 'serverError', 'the same server');
      assert.equal(stateOf('jane-eu').outage, undefined, 'another server');
    });

    it('how the account in use differs from others of the same user', async () => {
      accountInUse.rememberAccounts();
      const shown = async (account: Account): Promise<string> => {
        await accountInUse.choose(account);
        return statusView(status.inUse, monday, 'focused').text.replace(/^\$\([a-z]+\) Reltio | \d+ h$/g, '');
      };
      const known = core.sessions.known.map(({ account }) => account);
      const names: string[] = [];
      for (const account of known) names.push(await shown(account));
      assert.equal(new Set(names).size, 4, names.join());
      assert.equal(await shown(zoe.account), 'zoe@acme.com');
      assert.match(await shown(jane), /^jane@acme\.com \(.+\)$/);
      environments.all = [sampleEnvironment('dev'), sampleEnvironment('test')];
      [environments.current] = environments.all;
      assert.match(await shown(jane), /^jane@acme\.com \([^)]+\) · dev$/);
    });

    it('nothing if no account is signed in', () => {
      const empty = new Installation().openCore();
      const inUse = new AccountInUse(empty.sessions, new FakeMemory(), shared.log);
      const [only, ...others] = new Status(
        empty.sessions,
        inUse,
        environments,
        () => 28,
        () => undefined,
        () => undefined,
        methods,
      ).all;
      assert.deepEqual([only?.session, only?.refreshTokenExpiresAt, others], [undefined, undefined, []]);
    });
  });

  it('shows in the details what is true of each account', async () => {
    const withoutRefresh = withoutRefreshToken(sampleTokens({ accessTokenExpiresAt: monday }));
    await core.alter('jane', { state: 'signInAgain', tokens: withoutRefresh });
    const text = detailsText(status.all, status.inUse, shared.clock.now());
    const parts = text.split('\n\n').filter((part) => part.includes('Session id:'));
    assert.equal(parts.length, 4);
    for (const session of core.store.sessions) {
      const part = parts.find((one) => one.endsWith(` ${session.id}`) || one.endsWith(` ${session.id}\n`))!;
      assert.ok(part.startsWith(`${accountLabel(session.account)}\n`), part);
      assert.ok(part.includes(session.account.identityServer));
      assert.equal(/sign in again/.test(part), session.id === 'jane', part);
    }
    assert.ok(!/access-of|refresh-of/.test(text));
  });

  describe('its menu', () => {
    const open = async (choice?: string): Promise<void> => {
      if (choice !== undefined) choices.push(choice);
      await showMenu(status.inUse, core.sessions.known, accountInUse, shared.clock.now());
    };

    it('offers the others by name, and the one in use as the title', async () => {
      await open();
      const { labels } = lists[0]!;
      assert.equal(labels[0], accountLabel(jane));
      assert.deepEqual(
        labels.filter((label) => label.startsWith('Use ')).toSorted(),
        bystanders.map(({ session }) => `Use ${accountLabel(session.account)}`).toSorted(),
      );
      assert.deepEqual(commands.take(), [], 'nothing was chosen');
    });

    it('opens the list of VS Code in which other extensions get another account', async () => {
      await open('Other extensions that use this account');
      assert.deepEqual(commands.take(), [
        ['_manageTrustedExtensionsForAccount', { providerId: 'reltio', accountLabel: accountLabel(jane) }],
      ]);
    });

    it('switches the environment where there are several', async () => {
      await open();
      assert.deepEqual(
        lists.at(-1)!.labels.filter((label) => / environment/.test(label)),
        ['Add environment'],
      );
      environments.all = [sampleEnvironment('dev'), sampleEnvironment('prod')];
      await open('Choose environment');
      environments.current = environments.all[0];
      await open('Switch environment (now dev)');
      assert.deepEqual(commands.take(), [['reltioAuth.switchEnvironment'], ['reltioAuth.switchEnvironment']]);
    });

    it('uses the account that is chosen, and runs no command', async () => {
      for (const { session } of bystanders) {
        await open(`Use ${accountLabel(session.account)}`);
        assert.equal(accountInUse.session?.id, session.id);
      }
      assert.deepEqual(commands.take(), []);
    });

    it('runs each command for the account in use', async () => {
      for (const session of [zoe, core.store.find('jane')!]) {
        await accountInUse.choose(session.account);
        for (const [label, command] of [
          ['Copy access token', 'copyToken'],
          ['Copy Authorization header', 'copyAuthorizationHeader'],
          ['Copy as cURL', 'copyCurl'],
          ['Who am I', 'whoAmI'],
          ['Show details', 'showDetails'],
          ['Sign out', 'signOut'],
        ] as const) {
          await open(label);
          assert.deepEqual(commands.take(), [[`reltioAuth.${command}`, session.id]]);
        }
        const refresh = lists.at(-1)!.labels.find((label) => label.startsWith('Refresh token'))!;
        await open(refresh);
        assert.deepEqual(commands.take(), [['reltioAuth.refreshToken', session.id]]);
      }
    });

    it('signs in with another account, and shows the log, for no account in particular', async () => {
      await open('Sign in with another account');
      await open('Show log');
      assert.deepEqual(commands.take(), [['reltioAuth.signIn'], ['reltioAuth.showLog']]);
    });

    it('begins with what helps the one in use, whatever the others need', async () => {
      const withoutRefresh = withoutRefreshToken(sampleTokens());
      for (const [changes, label, command] of [
        [{ state: 'signInAgain', tokens: withoutRefresh }, 'Sign in again', 'signIn'],
        [{ state: 'rejected', tokens: sampleTokens() }, 'Renew sign-in', 'renew'],
        [{ state: 'clientRejected', tokens: sampleTokens() }, 'Update client secret', 'updateClientSecret'],
      ] as const) {
        await core.alter('jane', changes);
        await open(label);
        assert.equal(lists.at(-1)!.labels[1], label);
        assert.deepEqual(commands.take(), [[`reltioAuth.${command}`, 'jane']]);
      }
      await accountInUse.choose(zoe.account);
      await open();
      assert.match(lists.at(-1)!.labels[1] ?? '', /^Refresh token/, 'nothing is wrong with this one');
    });
  });

  describe('its item', () => {
    let wanted: Click;
    let item: SessionItem;
    beforeEach(() => {
      wanted = 'reltioAuth.refreshToken';
      item = new SessionItem(
        shared.clock,
        () => status.inUse,
        () => wanted,
      );
      item.explain(tooltip);
    });
    afterEach(() => {
      item.dispose();
    });
    const shown = () => items[0]!;
    const restart = () => {
      item.start();
      return shown();
    };

    it('is hidden until the sessions are known', () => {
      item.show();
      assert.equal(shown().isShown, false);
      assert.equal(restart().isShown, true);
    });

    it('is about the account in use: text, tooltip and click', async () => {
      for (const session of [zoe, core.store.find('jane')!]) {
        await accountInUse.choose(session.account);
        const { text, tooltip, command } = restart();
        assert.ok(text.includes(session.account.user!), text);
        assert.ok(
          tooltip.value.includes(
            accountLabel(session.account).replace(/[@().]/g, (one) => (one === '.' ? one : `\\${one}`)),
          ),
        );
        assert.deepEqual([command.command, command.arguments], ['reltioAuth.refreshToken', [session.id]]);
      }
    });

    it('lets links run our own commands only, each for the account in use', async () => {
      const withoutRefresh = withoutRefreshToken(sampleTokens());
      const states: Partial<Session>[] = [
        { state: 'signedIn', tokens: sampleTokens() },
        { state: 'signInAgain', tokens: withoutRefresh },
        { state: 'rejected', tokens: sampleTokens() },
        { state: 'clientRejected', tokens: sampleTokens() },
        { state: 'signedIn', tokens: withoutRefresh },
      ];
      const ran: Record<string, string> = {
        'Sign in again': 'reltioAuth.signIn',
        'Renew sign-in': 'reltioAuth.renew',
        'Update client secret': 'reltioAuth.updateClientSecret',
        'Copy token': 'reltioAuth.copyToken',
        Refresh: 'reltioAuth.refreshToken',
        'Switch account': 'reltioAuth.switchAccount',
        'Sign out': 'reltioAuth.signOut',
        Log: 'reltioAuth.showLog',
      };
      for (const changes of states) {
        await core.alter('jane', changes);
        const { value, isTrusted } = restart().tooltip;
        const links = [...value.matchAll(/\[\$\([a-z-]+\) ([^\]]+)\]\(command:([\w.]+)(?:\?([^)]*))?\)/g)];
        assert.ok(links.length >= 3, value);
        const { enabledCommands } = isTrusted as { enabledCommands: readonly string[] };
        for (const [, escaped = '', command, argument] of links) {
          const title = escaped.replaceAll('\\', '');
          assert.equal(command, ran[title], title);
          assert.ok(enabledCommands.includes(command!), command);
          assert.equal(decodeURIComponent(argument ?? ''), '["jane"]', title);
        }
        assert.ok(enabledCommands.every((command) => command.startsWith('reltioAuth.')));
      }
    });

    it('has a colour only where the user must act', async () => {
      assert.equal(restart().backgroundColor, undefined);
      await core.alter('jane', { state: 'rejected' });
      assert.equal(restart().backgroundColor?.id, 'statusBarItem.warningBackground');
      await core.alter('jane', { state: 'clientRejected' });
      assert.equal(restart().backgroundColor?.id, 'statusBarItem.errorBackground');
      await accountInUse.choose(zoe.account);
      assert.equal(restart().backgroundColor, undefined);
    });

    it('counts down with one timer, and follows the account in use', async () => {
      const { waiting } = shared.clock;
      restart();
      item.show();
      item.show();
      assert.equal(shared.clock.waiting, waiting + 1);
      const before = shown().text;
      await shared.clock.pass(20 * minute);
      assert.notEqual(shown().text, before);
      assert.match(shown().text, /4\d min|39 min/);
      item.dispose();
      assert.equal(shared.clock.waiting, waiting);
    });

    it('shows the expiry as a time of day while the window has no focus, and counts down again when it has', () => {
      assert.doesNotMatch(restart().text, /until/);
      lookAway(false, true);
      assert.match(shown().text, /until \d\d:\d\d/);
      lookAway(true, true);
      assert.doesNotMatch(shown().text, /until/);
      assert.equal(windowState.focused, true);
    });

    it('opens the menu where the user chose that', () => {
      wanted = 'reltioAuth.showMenu';
      assert.deepEqual(restart().command.command, 'reltioAuth.showMenu');
    });

    it('shows the new expiry once the token was refreshed', async () => {
      await shared.clock.pass(hour);
      restart();
      const before = shown().text;
      shared.http.next(pair('a1', 'r1'));
      await shared.clock.finish(core.sessions.fresh('jane'));
      item.show();
      assert.notEqual(shown().text, before);
      assert.match(shown().text, / 1 h$| 59 min$/);
    });
  });
});
