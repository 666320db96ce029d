/** Reltio's own. Stands alone, so that who needs the name does not load what reads the settings. */
export const defaultIdentityServer = 'https://auth.reltio.com';
