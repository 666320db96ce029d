import type { Environment } from '../../src/editor/settings/environments';
import { jane } from './sampleSession';

/** An environment for every account of Jane's identity server. */
export function sampleEnvironment(name: string, changes: Partial<Environment> = {}): Environment {
  return {
    name,
    url: `https://${name}.reltio.com`,
    identityServer: jane.identityServer,
    tenant: undefined,
    production: false,
    clientId: undefined,
    mcp: false,
    ...changes,
  };
}

/** What `EnvironmentInUse` knows in a workspace whose user has set up none. */
export const noEnvironments = { all: [], current: undefined };
