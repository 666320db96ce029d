/** Every command of this extension. package.json repeats the ids, and a test compares the two. */
export const commandIds = {
  activeAccount: 'reltioAuth.api.v1.activeAccount',
  addEnvironment: 'reltioAuth.addEnvironment',
  clearCopiedToken: 'reltioAuth.clearCopiedToken',
  copyAuthorizationHeader: 'reltioAuth.copyAuthorizationHeader',
  copyCurl: 'reltioAuth.copyCurl',
  copyDetails: 'reltioAuth.copyDetails',
  copyDiagnosis: 'reltioAuth.copyDiagnosis',
  copyLocalProxyAddress: 'reltioAuth.copyLocalProxyAddress',
  copyMcpConfiguration: 'reltioAuth.copyMcpConfiguration',
  copyToken: 'reltioAuth.copyToken',
  diagnose: 'reltioAuth.diagnose',
  enterPassphrase: 'reltioAuth.enterPassphrase',
  environments: 'reltioAuth.api.v1.environments',
  explain: 'reltioAuth.api.v1.explain',
  forgetEverything: 'reltioAuth.forgetEverything',
  getStarted: 'reltioAuth.getStarted',
  importEnvironments: 'reltioAuth.importEnvironments',
  newLocalProxyKey: 'reltioAuth.newLocalProxyKey',
  refreshToken: 'reltioAuth.refreshToken',
  renew: 'reltioAuth.renew',
  reportRejected: 'reltioAuth.reportRejected',
  showDetails: 'reltioAuth.showDetails',
  showLog: 'reltioAuth.showLog',
  showMenu: 'reltioAuth.showMenu',
  signIn: 'reltioAuth.signIn',
  signOut: 'reltioAuth.signOut',
  startLocalProxy: 'reltioAuth.startLocalProxy',
  stopLocalProxy: 'reltioAuth.stopLocalProxy',
  switchAccount: 'reltioAuth.switchAccount',
  switchEnvironment: 'reltioAuth.switchEnvironment',
  tokenAccess: 'reltioAuth.tokenAccess',
  updateClientSecret: 'reltioAuth.updateClientSecret',
  useInReltioIde: 'reltioAuth.useInReltioIde',
  whoAmI: 'reltioAuth.whoAmI',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Commands for other extensions. They are not in package.json, so the command palette does not list them. */
export const unlistedCommands: readonly CommandId[] = [
  commandIds.activeAccount,
  commandIds.environments,
  commandIds.explain,
  commandIds.reportRejected,
];

/** The context keys in the `when` clauses of package.json. */
export const contextKeys = {
  /** Since this extension runs in the window. */
  active: 'reltioAuth.active',
  copied: 'reltioAuth.copied',
  /** Another extension has asked for a session, and there was one for VS Code to give it. */
  extensionAsked: 'reltioAuth.extensionAsked',
  hasEnvironment: 'reltioAuth.hasEnvironment',
  localProxyOn: 'reltioAuth.localProxyOn',
  reltioIde: 'reltioAuth.reltioIde',
  signedIn: 'reltioAuth.signedIn',
  /** A terminal or a request file has got a token from this window. */
  tokenGiven: 'reltioAuth.tokenGiven',
} as const;
