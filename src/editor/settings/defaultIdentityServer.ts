/** Reltio's own. It has its own file, so that code that needs the name does not load the parsers of the settings. */
export const defaultIdentityServer = 'https://auth.reltio.com';
