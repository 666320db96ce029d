/** What `reltio-token --help` prints. At most 80 characters a line. */
export const helpText = `Usage: reltio-token [options]

Prints a valid Reltio access token. It is asked of this VS Code window, which
refreshes it if necessary. The first use asks for your permission.

  curl -H "Authorization: Bearer $(reltio-token)" https://dev.reltio.com/...

Options:
  --environment NAME  the token of an environment in reltioAuth.environments
  --account ACCOUNT   the token of an account: its label, or its user name
                      (default: the account in use in this workspace)
  --header            print "Authorization: Bearer ..." instead of the token
  --json              print an object with access_token, expires_at, metadata
  --min-ttl SECONDS   a token that is valid for at least this long
  -h, --help          print this text

Exit codes:
  0  the token was printed
  1  something unexpected happened
  2  wrong usage
  3  not signed in, or you have to sign in again
  4  Reltio cannot be reached or has problems: try again later
  5  not allowed, or the workspace is not trusted
  6  no VS Code window answers
  7  no such account or environment, or several accounts fit
  8  the token is not valid for as long as --min-ttl wants

Only the token goes to standard output; messages go to standard error.
`;
