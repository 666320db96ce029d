import { displayHostOf, displayOriginOf, displayText } from '../../core/base/displayText';
import { changesAllowed } from '../../core/localProxy/permissionGate';
import type { Permission } from '../../core/localProxy/permissions';
import type { ProxiedEnvironment } from '../../core/localProxy/proxiedEnvironment';
import { wouldExpose } from '../../core/trust/trustedHosts';
import type { Question } from '../../editor/prompt/confirm';
import type { Environment } from '../../editor/settings/environments';
import { environmentAtHost } from '../../editor/settings/environmentsOf';

/** How many environments a question lists. */
const listed = 8;

/** The question before the first start, and before each start after a stop. Pure. */
export function startQuestion(environments: readonly Environment[]): Question {
  const names = environments.slice(0, listed).map(environmentAtHost);
  const more = environments.length - names.length;
  const where = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return {
    message: 'Start the local proxy?',
    detail:
      'Tools on this computer can then call Reltio at an address that you copy, without a token. The address contains a key: ' +
      'whoever has it, on this computer, can call Reltio as you until you run "Reltio: Stop Local Proxy". Give it only to ' +
      'tools that you trust. In production environments, tools can only read until you allow more.' +
      (where === '' ? '' : `\n\nYour environments: ${where}.`),
    no: 'Do Not Start',
    yes: 'Start',
  };
}

/** The question before the key is replaced: any program can run the command. Pure. */
export function newKeyQuestion(): Question {
  return {
    message: 'Replace the key of the local proxy?',
    detail:
      'All addresses and MCP configurations that you have copied so far stop working, and requests in progress are cut. ' +
      'Copy new ones for the tools that you want to keep using.',
    no: 'Keep the Key',
    yes: 'Replace',
  };
}

/** The question that a request of a tool needs. Pure. */
export function permissionQuestion(permission: Permission, environment: ProxiedEnvironment, method: string): Question {
  return permission === 'changeProduction' ? changeQuestion(environment, method) : tokenQuestion(environment, method);
}

function changeQuestion({ name, url }: ProxiedEnvironment, method: string): Question {
  const minutes = changesAllowed / 60_000;
  const shown = displayText(name);
  return {
    message: `Allow changes in ${shown} (production)? A tool wants to send a ${method} request.`,
    detail:
      `The request came through the local proxy and goes to ${displayHostOf(url, Infinity)}, with your token. If you allow it, ` +
      `every tool that has the key of the local proxy can change data in ${shown} for ${minutes} minutes. If you do not know ` +
      'which tool this is, do not allow it. Without an answer within a minute, the request is refused.',
    no: 'Do Not Allow',
    yes: `Allow for ${minutes} Minutes`,
  };
}

function tokenQuestion({ name, url, identityServer }: ProxiedEnvironment, method: string): Question {
  const isExposed = wouldExpose(identityServer, url);
  const place = isExposed ? displayOriginOf(url) : displayHostOf(url, Infinity);
  const why = isExposed
    ? 'That is plain http, so nothing proves which program on this computer receives the token.'
    : 'That is not a host of reltio.com, and its operator receives the token.';
  return {
    message: `Send your access token to ${place}?`,
    detail:
      `A tool wants to send a ${method} request to ${displayText(name)} through the local proxy. ${why} Whoever receives it can ` +
      'do everything in Reltio that you can do, until it expires. Agree only if you know what answers there. Without an answer ' +
      'within a minute, the request is refused.',
    no: 'Do Not Send',
    yes: 'Send',
  };
}
