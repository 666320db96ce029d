/** The schemes of our pages. The `when` clauses of their buttons in package.json repeat them. */
export const pageSchemes = { diagnosis: 'reltio-diagnosis', sessions: 'reltio-sessions' } as const;

export type PageScheme = (typeof pageSchemes)[keyof typeof pageSchemes];
