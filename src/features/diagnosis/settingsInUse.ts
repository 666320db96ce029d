import { settingId, settingNames } from '../../editor/settings/settingTable';

/**
 * The names of the settings that the user has set, ours and those of `http`. Pure.
 *
 * @param http VS Code's section `http`, in which a setting with another dot in its name is nested in an object
 */
export function settingsInUse(
  http: Readonly<Record<string, unknown>>,
  isSet: (name: string) => boolean,
): readonly string[] {
  return [...settingNames().map(settingId), ...namesBelow('http', http)].filter(isSet);
}

function namesBelow(section: string, values: object): readonly string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const name = `${section}.${key}`;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? namesBelow(name, value) : [name];
  });
}
