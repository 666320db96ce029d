import * as l10n from '@vscode/l10n';
import { Page } from '../../../editor/page/page';
import { pageSchemes } from '../../../editor/page/pageSchemes';
import type { StatusState } from '../state';
import type { InUse, Past } from './details';
import { detailsMarkdown } from './detailsMarkdown';
import { detailsText } from './detailsText';

/** What the page is about, read anew each time. */
export interface Shown {
  readonly all: readonly StatusState[];
  readonly inUse: InUse;
}

/** The page with the details of every session, which is kept up to date while it is open. */
export function detailsPage(shown: Shown, now: () => number, readPast: () => Promise<Past>): Page {
  return new Page(
    pageSchemes.sessions,
    l10n.t({ message: 'Reltio Sessions', comment: ['The title of a tab. It must not contain a slash.'] }),
    async () => {
      const past = await readPast();
      const { all, inUse } = shown;
      return {
        markdown: detailsMarkdown(all, inUse, now(), past),
        text: detailsText(all, inUse, now(), past),
      };
    },
    () => l10n.t('Session details copied. They contain no secret, but your user name.'),
  );
}
