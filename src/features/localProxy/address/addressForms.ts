import type { Dialect } from '../../../editor/shell';

/** In which form an address is copied or saved. */
export type AddressForm = 'address' | 'shell' | 'http' | 'postman';

/** How each shell sets an environment variable. The blank in front keeps it out of the history where shells are set up so. */
const assignments: Readonly<Record<Dialect, (name: string, value: string) => string>> = {
  sh: (name, value) => ` export ${name}='${value}'`,
  fish: (name, value) => ` set -gx ${name} '${value}'`,
  csh: (name, value) => ` setenv ${name} '${value}'`,
  nu: (name, value) => ` $env.${name} = '${value}'`,
  PowerShell: (name, value) => `$env:${name} = '${value}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
};

/**
 * The text that is copied. An address has no character that a shell treats specially within these quotes, so that a wrong
 * guess of the shell gives at worst a command that fails. Pure.
 *
 * @throws if the address has another character
 */
export function copiedAddress(form: Exclude<AddressForm, 'postman'>, address: string, dialect: Dialect): string {
  if (!/^http:\/\/[\w.~:/%-]+$/.test(address)) {
    throw new Error('not an address of the local proxy');
  }
  switch (form) {
    case 'address':
      return address;
    case 'shell':
      return assignments[dialect]('RELTIO_URL', address);
    case 'http':
      return `@baseUrl = ${address}`;
  }
}

/** An address as it may be shown: without its key. Pure. */
export function shownAddress(address: string): string {
  return address.replace(/^(http:\/\/[^/]+\/)[^/]+/, '$1…');
}
