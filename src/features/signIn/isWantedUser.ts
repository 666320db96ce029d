/**
 * Whether this user may sign in, if an account was asked for. Reltio does not distinguish upper and lower case.
 *
 * @param wanted undefined if any account will do
 */
export function isWantedUser(user: string, wanted: string | undefined): boolean {
  return wanted === undefined || user.trim().toLowerCase() === wanted.trim().toLowerCase();
}
