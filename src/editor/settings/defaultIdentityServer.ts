/** Reltio's own identity server. In a file of its own, so that using it does not load the settings parsers. */
export const defaultIdentityServer = 'https://auth.reltio.com';
