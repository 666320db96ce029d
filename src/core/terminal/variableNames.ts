/** The variables in the environment of a terminal that `reltio-token` reads. */
export const variableNames = { handle: 'RELTIO_AUTH_HANDLE', socket: 'RELTIO_AUTH_SOCKET' } as const;
