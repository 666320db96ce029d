import * as l10n from '@vscode/l10n';
import { Page } from '../../../editor/page/page';
import { pageSchemes } from '../../../editor/page/pageSchemes';
import type { StatusState } from '../state';
import type { InUse } from './details';
import type { Past } from './past';
import { detailsMarkdown } from './detailsMarkdown';
import { detailsText } from './detailsText';

/** What the page is about, read anew each time. */
export interface Shown {
  readonly all: readonly StatusState[];
  readonly inUse: InUse;
}

/** The page with the details of every session, which is kept up to date while it is open. */
export function detailsPage(shown: Shown, now: () => number, past: () => Promise<Past>): Page {
  return new Page(
    pageSchemes.sessions,
    l10n.t({ message: 'Reltio Sessions', comment: ['The title of a tab. It must not contain a slash.'] }),
    async () => {
      const known = await past();
      return {
        markdown: detailsMarkdown(shown.all, shown.inUse, now(), known),
        text: detailsText(shown.all, shown.inUse, now(), known),
      };
    },
    () => l10n.t('Session details copied. They contain no secret, but your user name.'),
  );
}
