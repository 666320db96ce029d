/**
 * The names of the settings, of all that concern us, to which the person gave a value. Pure.
 *
 * @param own our settings by their full names, as the manifest has them
 * @param http what VS Code tells of its section `http`: what has a dot more in its name stands there as an object
 */
export function settingsInUse(
  own: readonly string[],
  http: Readonly<Record<string, unknown>>,
  isSet: (name: string) => boolean,
): readonly string[] {
  return [...own, ...namesBelow('http', http)].filter(isSet);
}

function namesBelow(section: string, values: object): readonly string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const name = `${section}.${key}`;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? namesBelow(name, value) : [name];
  });
}
