import * as vscode from 'vscode';
import { displayText } from '../../../core/base/displayText';
import { isFailure } from '../../../core/base/failure';
import { describe } from '../../../editor/messages/messages';
import type { Environment } from '../../../editor/settings/environments';
import type { Settings } from '../../../editor/settings/settings';
import type { LateProxy, ProxyOfWindow } from '../proxyOfWindow';
import { mcpAddress } from './mcpAddress';

interface Definition {
  readonly label: string;
  readonly environment: Environment;
  readonly version: string;
}

/**
 * The MCP servers that VS Code lists. Listing sends no request, asks nothing and contains no secret: VS Code stores the list,
 * and shows it to other extensions. Only a server that VS Code is about to start gets the key.
 */
export class McpDefinitions {
  /** Port and key that running servers use, and how often one of the two has changed under them. */
  private used: string | undefined;
  private changes = 0;
  /** The port that the list names. It stays while no server has to start again because of another one. */
  private port: number | undefined;
  private listed: string | undefined;

  constructor(
    private readonly proxy: LateProxy,
    private readonly settings: Pick<Settings, 'read'>,
    /** Makes VS Code ask for the list again. */
    private readonly onDidChange: () => void,
  ) {}

  async list(): Promise<vscode.McpHttpServerDefinition[]> {
    const definitions = await this.definitions();
    this.listed = summary(definitions);
    return definitions.map(({ label, environment, version }) => {
      const address = mcpAddress(this.port, environment);
      // VS Code 1.103 ends a running server only if the address or a header differs, 1.139 also if the version does.
      return new vscode.McpHttpServerDefinition(label, address, { 'X-Definition-Version': version }, version);
    });
  }

  /** Call this whenever the list may have changed. */
  async check(): Promise<void> {
    const listed = summary(await this.definitions());
    if (listed !== this.listed) {
      this.listed = listed;
      this.onDidChange();
    }
  }

  /**
   * What VS Code connects to, and with which key. Starts the proxy. A new object, because VS Code keeps the listed one.
   *
   * @returns undefined if the server is no longer listed
   * @throws {Error} with the sentence that VS Code shows
   */
  async resolve(label: string): Promise<vscode.McpHttpServerDefinition | undefined> {
    const found = (await this.definitions()).find((definition) => definition.label === label);
    if (found === undefined) {
      return undefined;
    }
    try {
      const proxy = await this.proxy.open();
      if (!(await proxy.startIfAgreed())) {
        return undefined;
      }
      const key = await proxy.key();
      this.used = accessTo(proxy);
      const headers = { Authorization: `Bearer ${key}` }; // spelled like this, VS Code masks it in its log
      return new vscode.McpHttpServerDefinition(
        label,
        mcpAddress(proxy.shared.port, found.environment),
        headers,
        found.version,
      );
    } catch (error) {
      throw isFailure(error) ? new Error(describe(error)) : error;
    }
  }

  private async definitions(): Promise<readonly Definition[]> {
    if (!vscode.workspace.isTrusted) {
      return [];
    }
    const { environments } = await this.settings.read();
    const wanted = environments.filter(({ mcp }) => mcp);
    const proxy = wanted.length === 0 ? undefined : await this.proxy.openIfUsed();
    if (proxy?.shared.agreed !== true) {
      return [];
    }
    this.follow(proxy);
    const labels = new Map<string, number>();
    return wanted.map((environment) => {
      const name = `Reltio ${displayText(environment.name)}`;
      const count = (labels.get(name) ?? 0) + 1;
      labels.set(name, count);
      // VS Code finds a server by its label, and two names may look the same.
      const label = count === 1 ? name : `${name} (${count})`;
      return { label, environment, version: `${this.changes} ${environment.url}` };
    });
  }

  /** Servers that use another port or key than that of now have to start again. */
  private follow(proxy: ProxyOfWindow): void {
    if (this.used !== undefined && this.used !== accessTo(proxy)) {
      this.used = undefined;
      this.changes += 1;
      this.port = undefined;
    }
    this.port ??= proxy.shared.port;
  }
}

/** What VS Code gets of the list, except for the port: that changes with the version only. */
function summary(definitions: readonly Definition[]): string {
  return JSON.stringify(definitions.map(({ label, version }) => [label, version]));
}

/** Differs if port or key do; contains no key. */
function accessTo({ shared, keyChanges }: ProxyOfWindow): string {
  return `${shared.port} ${keyChanges}`;
}
