/**
 * The address at the environment.
 *
 * @param origin of the environment, such as `https://dev.reltio.com`
 * @param target of an admitted request
 * @throws {TypeError} if it would lead elsewhere, which no admitted target does
 */
export function upstreamUrl(origin: string, target: string): string {
  const environment = new URL(origin);
  const url = new URL(environment.origin + target);
  if (!target.startsWith('/') || url.origin !== environment.origin || url.username !== '' || url.password !== '') {
    throw new TypeError('The target leaves its environment.');
  }
  return url.href;
}
