import { displayHostOf, displayText } from '../../core/base/displayText';
import { unwrapped } from '../../core/base/pastedText';
import type { Core } from '../../core/core';
import { isTenantId, type Tenant } from '../../core/dataApi/tenant';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { wouldExpose } from '../../core/trust/trustedHosts';
import { confirmedHosts, needsConsent } from '../../editor/confirmedHosts';
import type { Host } from '../../editor/host';
import { describe } from '../../editor/messages/messages';
import { back, type Back, type PickItem, type Prompt, type Submitted } from '../../editor/prompt/prompt';
import { mayReceiveToken } from '../../editor/tokenConsent';
import type { EnvironmentDraft } from './environmentDraft';
import { orAnyway, title, type EnvironmentQuestion } from './environmentQuestions';
import type { Position } from './questions';
import { reachableTenants, type ReachableTenants } from './reachableTenants';

export interface TenantQuestionParts {
  readonly prompt: Pick<Prompt, 'box' | 'pick'>;
  readonly core: Pick<Core, 'sessions' | 'dataApi' | 'checks' | 'clients'>;
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
  const listOf = async (url: string, session: Session): Promise<ReachableTenants> => {
    const key = `${session.id} ${url}`;
    const found = lists.get(key) ?? (await reachableTenants(url, session, parts.core));
    if (found.tenants.length > 0) {
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
    ask: async (draft, position) => {
      const { url = '', identityServer = '' } = draft;
      let session = parts.sessionAt(identityServer);
      for (;;) {
        const asker = session !== undefined && (await mayAsk(url, session)) ? session : undefined;
        const found = asker === undefined ? { tenants: [] } : await listOf(url, asker);
        const picked = await pick(url, session, found, parts, position);
        if (picked === 'signIn') {
          session = await parts.signIn(identityServer);
        } else if (picked === 'enter') {
          const entered = await enter(draft, asker, parts, { ...position, canGoBack: true });
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

async function pick(
  url: string,
  session: Session | undefined,
  { tenants, failure }: ReachableTenants,
  { prompt }: TenantQuestionParts,
  position: Position,
): Promise<Picked | Back> {
  const listed = tenants.map(tenantItem).toSorted((one, other) => one.label.localeCompare(other.label));
  const signIn: PickItem<Picked>[] =
    session === undefined ? [{ label: 'Sign in to see your tenants', value: 'signIn' }] : [];
  return await prompt.pick<Picked>({
    ...position,
    title,
    placeholder: placeholder(displayHostOf(url), session, listed.length, failure),
    items: [
      ...listed,
      ...signIn,
      { label: 'Enter the id of a tenant', value: 'enter' },
      { label: 'No tenant', description: 'you can add one to the settings later', value: { tenant: '' } },
    ],
  });
}

function placeholder(
  host: string,
  session: Session | undefined,
  count: number,
  failure: ReachableTenants['failure'],
): string {
  if (session !== undefined && count > 0) {
    return `Tenants of ${accountLabel(session.account)}: which one do you use?`;
  }
  return failure === undefined ? `Which tenant do you use at ${host}?` : `No list of tenants: ${describe(failure)}`;
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
  { url = '' }: EnvironmentDraft,
  session: Session | undefined,
  { prompt, core, host }: TenantQuestionParts,
  position: Position,
): Promise<string | Back> {
  const mayAsk = !needsConsent(url, confirmedHosts(host.globalState)); // the user was asked before the list was read
  let doubted: string | undefined;
  const submit = async (text: string, signal: AbortSignal): Promise<Submitted<string>> => {
    const tenant = unwrapped(text);
    if (!isTenantId(tenant)) {
      return { kind: 'refused', sentence: 'Enter the id as in the address of a Reltio page: …/ui/<id>.' };
    }
    if (session !== undefined && mayAsk && tenant !== doubted) {
      try {
        const { tokens } = await core.sessions.fresh(session.id);
        await core.dataApi.tenantName(url, tenant, tokens.accessToken, signal);
      } catch (error) {
        doubted = tenant;
        return { kind: 'refused', sentence: orAnyway(describe(error), true) };
      }
    }
    return { kind: 'accepted', value: tenant };
  };
  return await prompt.box({ ...position, title, prompt: 'Enter the id of the tenant', placeholder: 'abc123', submit });
}
