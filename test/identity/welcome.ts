import { addresses } from './addresses';
import type { Answer } from './answer';
import type { Call } from './call';
import type { Identity } from './identity';
import { escaped, page } from './page';
import type { User } from './users';

/** `GET /`: a page that shows a developer the users and the codes to enter. */
export function welcome({ origin }: Call, { users, clients, lockout }: Identity): Answer {
  const accounts = users
    .all()
    .map((user) => [user.name, user.password, secondStep(user), lockout.isLocked(user) ? 'locked' : '']);
  const apps = clients
    .all()
    .map((client) => [client.id, client.secret, client.grants.join(' '), client.authenticatesBy.join(' ')]);
  return page(
    'Reltio identity server for tests',
    `${table(['user', 'password', 'one-time code', ''], accounts)}
${table(['client', 'secret', 'grants', 'authentication'], apps)}
${table(
  ['address', ''],
  addresses(origin).map(({ what, address }) => [what, address]),
)}
<p>Reload for a newer code.</p>`,
  );
}

/** How a user passes the second step, with the current code if there is one. */
function secondStep(user: User): string {
  switch (user.mfa) {
    case 'AUTHENTICATOR':
      return `authenticator shows ${user.code()}`;
    case 'EMAIL':
      return user.mails.length > 0 ? `e-mail says ${user.code()}` : 'comes by e-mail after the password';
    case 'none':
      return user.idpSystem === undefined ? 'none' : `none; sign in through ${user.idpSystem}`;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('\n')}</table>`;
}
