import * as l10n from '@vscode/l10n';
import { accountLabel, type Account } from '../../core/model/account';
import { displayText } from '../../core/base/displayText';
import { sentences } from '../../editor/messages/sentences';
import type { Question } from '../../editor/prompt/confirm';
import type { CopiedToken } from '../../editor/copiedToken';
import type { Environment } from '../../editor/settings/environments';
import { environmentAtHost, environmentsOf } from '../../editor/settings/environmentsOf';

const messages: Readonly<Record<CopiedToken['form'], (account: string) => string>> = {
  token: (account) => l10n.t('Copy the access token of {0}?', account),
  header: (account) => l10n.t('Copy the Authorization header, with the access token, of {0}?', account),
  curl: (account) => l10n.t('Copy a cURL command, with the access token, of {0}?', account),
};

/** The question before a token is copied: for production, and for users who want to be asked each time. Pure. */
export function copyQuestion(
  form: CopiedToken['form'],
  account: Account,
  environments: readonly Environment[],
): Question {
  const own = environmentsOf(account, environments);
  const production = own.filter((environment) => environment.production).map(({ name }) => displayText(name));
  const where = own.map(environmentAtHost);
  return {
    message: messages[form](accountLabel(account)),
    detail: sentences(
      production.length > 0 && l10n.t('It gives access to production: {0}.', production.join(', ')),
      l10n.t(
        'Every program on this computer can read the clipboard. Until the token expires, anyone who has it can do ' +
          'everything that this account can do in Reltio.',
      ),
      where.length > 0 && l10n.t('Your environments for this account: {0}.', where.join(', ')),
    ),
    yes: l10n.t('Copy'),
    no: l10n.t('Do Not Copy'),
  };
}
