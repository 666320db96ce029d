import { exitCodes, exitMeanings } from './exitCodes';

/** What `reltio-token --help` prints. At most 80 characters a line. */
export function helpText(): string {
  const names = Object.keys(exitMeanings) as (keyof typeof exitMeanings)[];
  const codes = names.map((name) => `  ${exitCodes[name]}  ${exitMeanings[name]}`);
  return `Usage: reltio-token [options]

Prints a valid Reltio access token. It comes from this VS Code window, which
refreshes it if necessary, and asks you before it gives away the first one.

  reltio-token --header | curl -H "@-" "https://dev.reltio.com/..."

Options:
  --environment NAME  the token for an environment of reltioAuth.environments
  --account ACCOUNT   the token of an account: its label, or its user name
                      (default: the account in use in this workspace)
  --header            print "Authorization: Bearer ..." instead of the token
  --json              print an object with access_token, expires_at, metadata
  --min-ttl SECONDS   a token that is valid for at least this long
  -h, --help          print this text

Exit codes:
${codes.join('\n')}

Only the token goes to standard output; messages go to standard error.
`;
}
