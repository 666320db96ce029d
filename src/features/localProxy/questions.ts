import * as l10n from '@vscode/l10n';
import { displayHostOf, displayOriginOf, displayText } from '../../core/base/displayText';
import { changesAllowed } from '../../core/localProxy/permissionGate';
import type { Permission } from '../../core/localProxy/permissions';
import type { ProxiedEnvironment } from '../../core/localProxy/proxiedEnvironment';
import { wouldExpose } from '../../core/trust/trustedHosts';
import { paragraphs, sentences } from '../../editor/messages/sentences';
import type { Question } from '../../editor/prompt/confirm';
import type { Environment } from '../../editor/settings/environments';
import { environmentAtHost } from '../../editor/settings/environmentsOf';

/** How many environments a question lists. */
const listed = 8;

/** The question before the first start, and before each start after a stop. Pure. */
export function startQuestion(environments: readonly Environment[]): Question {
  const names = environments.slice(0, listed).map(environmentAtHost);
  const more = environments.length - names.length;
  const where = more > 0 ? l10n.t('{0}, {1} more', names.join(', '), more) : names.join(', ');
  return {
    message: l10n.t('Start the local proxy?'),
    detail: paragraphs(
      l10n.t(
        'Tools on this computer can then call Reltio at an address that you copy, without a token. The address contains a ' +
          'key: whoever has it, on this computer, can call Reltio as you until you run "Reltio: Stop Local Proxy". Give it ' +
          'only to tools that you trust. In production environments, tools can only read until you allow more.',
      ),
      where !== '' && l10n.t('Your environments: {0}.', where),
    ),
    no: l10n.t('Do Not Start'),
    yes: l10n.t('Start'),
  };
}

/** The question before the key is replaced: any program can run the command. Pure. */
export function newKeyQuestion(): Question {
  return {
    message: l10n.t('Replace the key of the local proxy?'),
    detail: l10n.t(
      'All addresses and MCP configurations that you have copied so far stop working, and requests in progress are cut. ' +
        'Copy new ones for the tools that you want to keep using.',
    ),
    no: l10n.t('Keep the Key'),
    yes: l10n.t('Replace'),
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
    message: l10n.t('Allow changes in {0} (production)? A tool wants to send a {1} request.', shown, method),
    detail: l10n.t(
      'The request came through the local proxy and goes to {0}, with your token. If you allow it, every tool that has the ' +
        'key of the local proxy can change data in {1} for {2} minutes. If you do not know which tool this is, do not ' +
        'allow it. Without an answer within a minute, the request is refused.',
      displayHostOf(url, Infinity),
      shown,
      minutes,
    ),
    no: l10n.t('Do Not Allow'),
    yes: l10n.t('Allow for {0} Minutes', minutes),
  };
}

function tokenQuestion({ name, url, identityServer }: ProxiedEnvironment, method: string): Question {
  const isExposed = wouldExpose(identityServer, url);
  const place = isExposed ? displayOriginOf(url) : displayHostOf(url, Infinity);
  const why = isExposed
    ? l10n.t('That is plain http, so nothing proves which program on this computer receives the token.')
    : l10n.t('That is not a host of reltio.com, and its operator receives the token.');
  return {
    message: l10n.t('Send your access token to {0}?', place),
    detail: sentences(
      l10n.t('A tool wants to send a {0} request to {1} through the local proxy.', method, displayText(name)),
      why,
      l10n.t(
        'Whoever receives it can do everything in Reltio that you can do, until it expires. Agree only if you know what ' +
          'answers there. Without an answer within a minute, the request is refused.',
      ),
    ),
    no: l10n.t('Do Not Send'),
    yes: l10n.t('Send'),
  };
}
