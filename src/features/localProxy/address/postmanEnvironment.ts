const keyName = 'reltioProxyKey';

/**
 * A file that Postman, and programs that read its format, import as an environment. The key is a variable of its own, which
 * Postman masks, and `baseUrl` refers to it. Pure.
 *
 * @param id a UUID
 * @param address of the environment, with the key in its path
 */
export function postmanEnvironment(id: string, name: string, address: string, key: string): string {
  const values = [
    { key: 'baseUrl', value: address.replace(`/${key}/`, `/{{${keyName}}}/`), type: 'default', enabled: true },
    { key: keyName, value: key, type: 'secret', enabled: true },
  ];
  const content = { id, name: `Reltio ${name}`, values, _postman_variable_scope: 'environment' };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** A name that every file system takes. Pure. */
export function postmanFileName(environment: string): string {
  const name = environment
    .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60);
  return `${['reltio', name].filter((part) => part !== '').join('-')}.postman_environment.json`;
}
