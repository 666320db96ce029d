/** Where the secret storage keeps the key of the local proxy. */
export const localProxyKey = 'localProxyKey';
/** What all windows know of it, in the storage folder. */
export const localProxyFile = 'local-proxy.json';
