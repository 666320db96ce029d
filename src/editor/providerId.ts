/** The id of the authentication provider, by which other extensions ask for sessions. package.json repeats it. */
export const providerId = 'reltio';
