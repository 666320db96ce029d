import * as l10n from '@vscode/l10n';
import { within, type Clock } from '../../../core/base/clock';
import type { History } from '../../../core/history/history';
import { Page } from '../../../editor/page/page';
import { pageSchemes } from '../../../editor/page/pageSchemes';
import type { StatusState } from '../state';
import type { InUse } from './details';
import { detailsMarkdown } from './detailsMarkdown';
import { detailsText } from './detailsText';

/** What the page is about, read anew each time. */
export interface Shown {
  readonly all: readonly StatusState[];
  readonly inUse: InUse;
}

/** The longest that the page waits for the history, which may be on a drive that does not respond (milliseconds). */
const patience = 2_000;

/** The page with the details of every session, which is kept up to date while it is open. */
export function detailsPage(
  shown: Shown,
  clock: Clock,
  history: Pick<History, 'read'>,
  refreshTokenDays: () => number,
): Page {
  return new Page(
    pageSchemes.sessions,
    l10n.t({ message: 'Reltio Sessions', comment: ['The title of a tab. It must not contain a slash.'] }),
    async () => {
      const entries = await within(clock, patience, history.read(), () => []);
      const past = { entries, refreshTokenDays: refreshTokenDays() };
      const { all, inUse } = shown;
      const now = clock.now();
      return {
        markdown: detailsMarkdown(all, inUse, now, past),
        text: detailsText(all, inUse, now, past),
      };
    },
    () => l10n.t('Session details copied. They contain no secret, but your user name.'),
  );
}
