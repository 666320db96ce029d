import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../core/base/displayText';
import { failureTable } from '../../core/base/failureTable';
import { unwrapped } from '../../core/base/pastedText';
import type { Core } from '../../core/core';
import { isTenantId, type Tenant } from '../../core/dataApi/tenant';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { wouldExpose } from '../../core/trust/trustedHosts';
import { confirmedHosts, needsTokenConsent } from '../../editor/confirmedHosts';
import type { Host } from '../../editor/host';
import { describe } from '../../editor/messages/messages';
import { nextStep } from '../../editor/messages/nextStep';
import { back, type Back, type PickItem, type Prompt, type Submitted } from '../../editor/prompt/prompt';
import { mayReceiveToken } from '../../editor/tokenConsent';
import { title, type EnvironmentDraft, type EnvironmentQuestion } from './environmentDraft';
import { orAnyway } from './linkQuestion';
import type { Position } from './questions';
import { reachableTenants, type ReachableTenants } from './reachableTenants';

export interface TenantQuestionParts {
  readonly prompt: Pick<Prompt, 'box' | 'pick'>;
  readonly core: Pick<Core, 'sessions' | 'dataApi' | 'checks' | 'clients' | 'clock'>;
  readonly host: Pick<Host, 'globalState' | 'loadPrompt'>;
  /** The session whose tenants are listed; undefined if no account of that server is signed in. */
  readonly sessionAt: (identityServer: string) => Session | undefined;
  /** Signs in at that server. */
  readonly signIn: (identityServer: string) => Promise<Session>;
}

type Picked = { readonly tenant: string } | 'enter' | 'signIn';

/** Lets the user pick a tenant that their token reaches, or enter its id, or leave it out. */
export function tenantQuestion(parts: TenantQuestionParts): EnvironmentQuestion {
  /** Calls are billed, so the list is not read again when the user goes back. */
  const lists = new Map<string, ReachableTenants>();
  const listOf = async (url: string, session: Session, position: Position): Promise<ReachableTenants | Back> => {
    const key = `${session.id} ${url}`;
    const found =
      lists.get(key) ??
      (await parts.prompt.pick<ReachableTenants>({
        ...position,
        title: title(),
        placeholder: l10n.t('Reading your tenants at {0} …', displayHostOf(url)),
        items: [],
        work: (signal) => reachableTenants(url, session, parts.core, signal),
      }));
    if (found !== back && found.tenants.length > 0) {
      lists.set(key, found);
    }
    return found;
  };
  /** The user is asked once, also if they go back. */
  const answers = new Map<string, boolean>();
  const mayAsk = async (url: string, { account }: Session): Promise<boolean> => {
    const isExposed = wouldExpose(account.identityServer, url);
    const may = answers.get(url) ?? (!isExposed && (await mayReceiveToken(url, parts.host)));
    answers.set(url, may);
    return may;
  };
  return {
    applies: ({ tenant }) => tenant === undefined,
    ask: async (draft, position, before) => {
      const { url = '', identityServer = '' } = draft;
      let session = parts.sessionAt(identityServer);
      for (;;) {
        const asker = session !== undefined && (await mayAsk(url, session)) ? session : undefined;
        const found = asker === undefined ? { tenants: [] } : await listOf(url, asker, position);
        if (found === back) {
          return back;
        }
        const picked = await pick({ url, session, found, before: before?.tenant }, parts, position);
        if (picked === 'signIn') {
          session = await parts.signIn(identityServer);
        } else if (picked === 'enter') {
          const typed = isListed(found, before?.tenant) ? '' : before?.tenant;
          const entered = await enter({ ...draft, tenant: typed ?? '' }, asker, parts, {
            ...position,
            canGoBack: true,
          });
          if (entered !== back) {
            return { ...draft, tenant: entered };
          }
        } else {
          return picked === back ? back : { ...draft, ...picked };
        }
      }
    },
  };
}

interface Listed {
  readonly url: string;
  readonly session: Session | undefined;
  readonly found: ReachableTenants;
  /** The tenant that the user chose before going back: an id, or empty for none. */
  readonly before: string | undefined;
}

async function pick(
  { url, session, found, before }: Listed,
  { prompt, core }: TenantQuestionParts,
  position: Position,
): Promise<Picked | Back> {
  const { tenants, failure } = found;
  const listed = tenants.map(tenantItem).toSorted((one, other) => one.label.localeCompare(other.label));
  const isOver = failure !== undefined && failureTable[failure.code].group === 'signInRequired';
  const signIn: PickItem<Picked>[] =
    session === undefined || isOver ? [{ label: l10n.t('Sign in to see your tenants'), value: 'signIn' }] : [];
  const isTyped = before !== undefined && before !== '' && !isListed(found, before);
  return await prompt.pick<Picked>({
    ...position,
    title: title(),
    placeholder: placeholder(displayHostOf(url), session, found, core.clock.now()),
    wasChosen: (picked) => (typeof picked === 'object' ? picked.tenant === before : picked === 'enter' && isTyped),
    items: [
      ...listed,
      ...signIn,
      { label: l10n.t('Enter the id of a tenant'), value: 'enter' },
      {
        label: l10n.t('No tenant'),
        description: l10n.t('you can add one to the settings later'),
        value: { tenant: '' },
      },
    ],
  });
}

function isListed({ tenants }: ReachableTenants, tenant: string | undefined): boolean {
  return tenants.some(({ id }) => id === tenant);
}

function placeholder(
  host: string,
  session: Session | undefined,
  { tenants, failure }: ReachableTenants,
  now: number,
): string {
  if (session !== undefined && tenants.length > 0) {
    return l10n.t('Tenants of {0}: which one do you use?', accountLabel(session.account));
  }
  const step = session && nextStep(session, now);
  return failure === undefined
    ? l10n.t('Which tenant do you use at {0}?', host)
    : `${l10n.t('No list of tenants:')} ${describe(failure, step)}`;
}

function tenantItem({ id, name, customer }: Tenant): PickItem<Picked> {
  const facts = [...(name === undefined ? [] : [id]), ...(customer === undefined ? [] : [customer])].map((text) =>
    displayText(text),
  );
  return { label: displayText(name ?? id), description: facts.join(' · '), value: { tenant: id } };
}

/**
 * Asks for the id, and whether the token reaches that tenant.
 *
 * @param session undefined if no token may be sent
 */
async function enter(
  { url = '', tenant = '' }: EnvironmentDraft,
  session: Session | undefined,
  { prompt, core, host }: TenantQuestionParts,
  position: Position,
): Promise<string | Back> {
  const mayAsk = !needsTokenConsent(url, confirmedHosts(host.globalState)); // the user was asked before the list was read
  let doubted: string | undefined;
  const submit = async (text: string, signal: AbortSignal): Promise<Submitted<string>> => {
    const id = unwrapped(text);
    if (!isTenantId(id)) {
      return { kind: 'refused', sentence: l10n.t('Enter the id as in the address of a Reltio page: …/ui/<id>.') };
    }
    if (session !== undefined && mayAsk && id !== doubted) {
      try {
        const { tokens } = await core.sessions.fresh(session.id);
        await core.dataApi.tenantName(url, id, tokens.accessToken, signal);
      } catch (error) {
        doubted = id;
        const sentence = describe(error, nextStep(session, core.clock.now()));
        return { kind: 'refused', sentence: orAnyway(sentence, true) };
      }
    }
    return { kind: 'accepted', value: id };
  };
  return await prompt.box({
    ...position,
    title: title(),
    prompt: l10n.t('Enter the id of the tenant'),
    placeholder: l10n.t('Tenant id, such as abc123'),
    value: tenant,
    submit,
  });
}
