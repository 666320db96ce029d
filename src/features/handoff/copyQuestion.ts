import { accountLabel, type Account } from '../../core/model/account';
import { displayText } from '../../core/base/displayText';
import type { Question } from '../../editor/prompt/confirm';
import type { CopiedToken } from '../../editor/copiedToken';
import type { Environment } from '../../editor/settings/environments';
import { environmentAtHost, environmentsOf } from '../../editor/settings/environmentsOf';

const contents: Readonly<Record<CopiedToken['form'], string>> = {
  token: 'the access token',
  header: 'the Authorization header, with the access token,',
  curl: 'a cURL command, with the access token,',
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
    message: `Copy ${contents[form]} of ${accountLabel(account)}?`,
    detail:
      (production.length === 0 ? '' : `It gives access to production: ${production.join(', ')}. `) +
      'Every program on this computer can read the clipboard. Until the token expires, anyone who has it can do ' +
      'everything that this account can do in Reltio.' +
      (where.length === 0 ? '' : ` Your environments for this account: ${where.join(', ')}.`),
    yes: 'Copy',
    no: 'Do Not Copy',
  };
}
