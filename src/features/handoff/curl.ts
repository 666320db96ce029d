import { Failure } from '../../core/base/failure';
import { isTenantId } from '../../core/dataApi/tenant';
import type { Environment } from '../../editor/settings/environments';
import type { Shell } from '../../editor/shell';

/**
 * A command that calls the environment with the token, to be pasted into a terminal. The token itself is in the command: a
 * command without it would need a second copy, or a file.
 *
 * curl reads the token from its standard input (`-H @-`, curl 7.55 and newer): every user of the machine can see the arguments
 * of a process. `echo` and a pipe of PowerShell are part of the shell, so they are no process; `printf` is one in csh and
 * Nushell. The blank in front keeps the command out of the history of fish, and of bash and zsh where they are set up so, as
 * bash is in Debian and Ubuntu.
 *
 * Token and address consist of characters that no shell treats specially within these quotes, so that a hostile server or a
 * wrong guess of the shell gives at worst a command that fails.
 *
 * @param curl the name of the program
 * @throws {Failure} `tokenNotForShell` if the token has other characters
 */
export function curlCommand(
  { url, tenant }: Pick<Environment, 'url' | 'tenant'>,
  accessToken: string,
  shell: Shell,
  curl: 'curl' | 'curl.exe',
): string {
  // As in RFC 6750 section 2.1, and = also between the parts of a token.
  if (!/^[\w.~+/=-]+$/.test(accessToken)) {
    throw new Failure('tokenNotForShell');
  }
  const header = `Authorization: Bearer ${accessToken}`;
  const address = url + pathIn(tenant);
  switch (shell) {
    case 'sh':
      return ` echo '${header}' | ${curl} -H @- '${address}'`;
    case 'PowerShell':
      return `'${header}' | ${curl} -H '@-' '${address}'`;
    case 'cmd':
      return `echo ${header}| ${curl} -H @- "${address}"`;
  }
}

/** A small request that the user will change: an entity of the tenant, or without a tenant the list of tenants. */
function pathIn(tenant: string | undefined): string {
  return tenant === undefined || !isTenantId(tenant)
    ? '/reltio/enhancedTenants?showAll=true'
    : `/reltio/api/${tenant}/entities?max=1`;
}
