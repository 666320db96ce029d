import { addresses } from './addresses';
import type { Client } from './clients';
import type { IdentityServer } from './server';
import type { User } from './users';

/** Who can sign in, through which clients, and where: for the terminal of a developer. */
export function introduction({ url, users, clients, tenants }: IdentityServer): string {
  const sections: [string, readonly (readonly string[])[]][] = [
    ['Users and passwords:', users.all().map((user) => [user.name, user.password, secondStep(user)])],
    ['Clients and secrets:', clients.all().map((client) => [client.id, client.secret, use(client)])],
    ['Tenants:', tenants.map(({ tenantId, tenantName }) => [tenantId, tenantName])],
    ['Addresses:', addresses(url).map(({ what, address }) => [what, address])],
  ];
  return [`The Reltio identity server: ${url}`, ...sections.flatMap(([title, rows]) => [title, ...columns(rows)])].join(
    '\n',
  );
}

/** The same for a program, as one JSON value. */
export function introductionData({ url, users, clients, tenants, policy }: IdentityServer): unknown {
  return {
    url,
    users: users.all().map(({ name, password, mfa, secret, idpSystem, idpAccessToken }) => ({
      name,
      password,
      mfa,
      ...(mfa === 'AUTHENTICATOR' ? { secret } : {}),
      ...(idpSystem === undefined ? {} : { idpSystem, idpAccessToken }),
    })),
    clients: clients
      .all()
      .map(({ id, secret, basic, grants, authenticatesBy }) => ({ id, secret, basic, grants, authenticatesBy })),
    tenants,
    addresses: Object.fromEntries(addresses(url).map(({ what, address }) => [what, address])),
    policy,
  };
}

/** Where a user finds the one-time code that is needed now, and the code. */
export function codeMessage(user: User): string {
  return user.mfa === 'EMAIL'
    ? `E-mail to ${user.email}: your one-time code is ${user.code()}`
    : `The authenticator app of ${user.name} shows ${user.code()}`;
}

function secondStep({ mfa, idpSystem }: User): string {
  if (idpSystem !== undefined) {
    return `password at the identity provider ${idpSystem}`;
  }
  return { none: '', AUTHENTICATOR: 'then a code of the authenticator app', EMAIL: 'then an e-mailed code' }[mfa];
}

function use({ grants, authenticatesBy }: Client): string {
  const place = authenticatesBy.includes('client_secret_basic') ? '' : ', secret in the body';
  return `${grants.join(' ')}${place}`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}
