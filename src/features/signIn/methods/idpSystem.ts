/** The one `idp_system` that Reltio documents. */
export const documentedIdpSystem = 'salesforce';
