import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import { cutOff } from './cutOff';
import type { Window } from './driver';
import { picture } from './pictures';
import { PSEUDO, pseudo } from './pseudo';
import { reltioWindow } from './reltioWindow';
import { until } from './until';

/** Two English words of ours, which no translation has and no name or address of these tests. */
const english = /(?<![\w.@/:-])[a-z]{3,} [a-z]{3,}(?![\w.@/:-])/i;

/** What is not ours: names of tenants, and the last two of a list, which `Intl` joins in the language of the tag. */
const values = /Acme (Development|Test)|, \w+ and\s+\w+/g;

describe('VS Code in another language, whose texts are longer', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow({ consumer: false, language: PSEUDO }, (opened) => ({ server, window } = opened));

  const run = (title: string): Promise<void> => window.runCommand(`Reltio: ${pseudo(title)}`);
  const complete = async (): Promise<void> => assert.deepEqual(await cutOff(window.page), []);
  const translated = (...texts: string[]): void => {
    for (const text of texts) assert.doesNotMatch(text.replace(values, ''), english);
  };
  /** A box or list of ours: in that language, and as wide as its texts. */
  const isTranslated = async (wanted: Parameters<Window['untilQuickInput']>[0]): Promise<void> => {
    const { title, placeholder, message, items } = await until('a box of ours', async () => {
      const box = await window.untilQuickInput(wanted);
      return box.title !== '' && box; // the command palette, which names commands in English too, has no title
    });
    translated(
      title,
      placeholder,
      message,
      ...items.flatMap(({ label, description, detail }) => [label, description, detail]),
    );
    await complete();
  };

  it('has its item and the tooltip in that language', async () => {
    const { spoken } = await window.untilStatusBar(pseudo('Reltio: Sign in'));
    translated(spoken.replace(/^Reltio: /, ''));
    translated(await window.statusBarTooltip());
    await complete();
  });

  it('asks in it, step by step, and says so in a message', async () => {
    const { name, password } = server.users.plain;
    const signIn = async (): Promise<void> => {
      await run('Sign In');
      await isTranslated({ item: new RegExp(`127\\.0\\.0\\.1:${server.port}`) });
      await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
      await isTranslated({ item: pseudo('Password') });
      await picture(window, 'pseudo-methods');
      await window.pick(pseudo('Password'));
      await isTranslated({ item: pseudo('Use {0}').replace('{0}', 'reltio_ui') });
      await window.pick(pseudo('Use {0}').replace('{0}', 'reltio_ui'));
      await isTranslated({ password: false, message: /./ });
      await window.typeInBox(name);
      await isTranslated({ password: true });
      await window.typeInBox('wrong');
      await isTranslated({ password: true, severity: 'error' });
      await window.typeInBox(password);
    };
    translated(await window.notificationAfter(signIn, new RegExp(name)));
    await complete();
    await window.untilStatusBar(
      new RegExp(`^Reltio ${pseudo('{0} min').replace(/[[\]]/g, '\\$&').replace('{0}', '\\d+')}$`),
    );
    translated(await window.statusBarTooltip());
  });

  it('has its menu, lists and questions in it', async () => {
    await run('Show Menu');
    await isTranslated({ item: pseudo('Copy access token') });
    await picture(window, 'pseudo-menu');
    await window.closeQuickInput();
    await run('Switch Environment');
    await isTranslated({ item: /./ });
    await window.closeQuickInput();
    await run('Add Environment');
    await isTranslated({ message: /./ });
    await window.closeQuickInput();
    for (const [command, no] of [
      ['Sign Out', 'Stay Signed In'],
      ['Forget Everything', 'Keep Everything'],
    ] as const) {
      await run(command);
      const { message, detail, buttons } = await window.untilDialog();
      translated(message, detail, ...buttons);
      await complete();
      await picture(window, `pseudo-${command}`);
      await window.answerDialog(pseudo(no));
    }
  });

  it('has its pages and commands in it', async () => {
    translated(await window.notificationAfter(() => run('Copy Access Token'), /./));
    await run('Who Am I');
    const text = await until('the answer', async () => {
      const lines = await window.page.locator('.editor-instance .view-line').allInnerTexts();
      const shown = lines.join('\n').replace(/\u00a0/g, ' ');
      return /^#/.test(shown) ? shown : undefined;
    });
    translated(text);
  });
});
