import { spokenSpan } from '../../editor/messages/timeText';

/** What the sentences name. All of it comes from the settings, or is fit to be shown. */
export interface About {
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** Of the request, if it may be named. */
  readonly host: string | undefined;
  /** Host of the identity server of the account that sent the token, if it is known. */
  readonly issuer: string | undefined;
  /** The one that was meant, if it is known. */
  readonly environment: { readonly name: string; readonly host: string; readonly identityServer: string } | undefined;
}

/** The words of the sentences that depend on the call. */
export interface ExplanationWords {
  /** `dev.reltio.com`; undefined if it may not be named. */
  readonly host: string | undefined;
  /** The same, or what stands for it as a subject. */
  readonly who: string;
  /** The same, or what stands for it as a place. */
  readonly place: string;
  /** ` (HTTP 403)` */
  readonly status: string;
  readonly meant: string;
  readonly meantHost: string;
  readonly issuer: string;
  readonly issuerWanted: string;
  /** `in 30 seconds` */
  readonly later: string;
}

export function explanationWords({ status, retryAfterMs, host, issuer, environment }: About): ExplanationWords {
  return {
    host,
    who: host ?? 'Reltio',
    place: host ?? 'another host',
    status: status === undefined ? '' : ` (HTTP ${status})`,
    meant: environment === undefined ? 'the environment' : `the environment "${environment.name}"`,
    meantHost: environment?.host ?? 'another host',
    issuer: issuer ?? 'another identity server',
    issuerWanted: environment?.identityServer ?? 'another identity server',
    later: laterText(retryAfterMs),
  };
}

function laterText(retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) {
    return 'in a minute';
  }
  const seconds = Math.ceil(retryAfterMs / 1_000);
  if (seconds === 0) {
    return 'now';
  }
  return seconds < 120 ? `in ${seconds} second${seconds === 1 ? '' : 's'}` : `in ${spokenSpan(retryAfterMs + 59_999)}`;
}
