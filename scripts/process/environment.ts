/** What an outer VS Code, npm or test runner has put in our environment. Our children must not see it. */
const LEAKS = /^(VSCODE_|ELECTRON_|CODE_SERVER_|npm_|NODE_OPTIONS$|NODE_ENV$|NODE_PATH$|MOCHA_|ESBUILD_|XDG_)/;

export function isLeak(name: string): boolean {
  return LEAKS.test(name);
}

/** The environment for a child: ours without those variables, plus `more`. */
export function childEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !isLeak(name));
  return { ...Object.fromEntries(kept), ...more };
}

/** The same, with `home` in place of the folders that programs use below the user's home. */
export function foreignEnvironment(home: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return childEnvironment({
    XDG_CONFIG_HOME: `${home}/config`,
    XDG_DATA_HOME: `${home}/data`,
    XDG_CACHE_HOME: `${home}/cache`,
    XDG_STATE_HOME: `${home}/state`,
    ...more,
  });
}
