/** Where the secret storage keeps the key of the local proxy. */
export const localProxyKey = 'localProxyKey';
