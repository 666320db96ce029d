import * as l10n from '@vscode/l10n';
import { spokenSpan, spokenUnit } from '../../editor/messages/timeText';

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
  /** The name of the environment that was meant. */
  readonly meant: string | undefined;
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
    place: host ?? l10n.t('another host'),
    status: status === undefined ? '' : ` (HTTP ${status})`,
    meant: environment?.name,
    meantHost: environment?.host ?? l10n.t('another host'),
    issuer: issuer ?? l10n.t('another identity server'),
    issuerWanted: environment?.identityServer ?? l10n.t('another identity server'),
    later: laterText(retryAfterMs),
  };
}

function laterText(retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) {
    return l10n.t('in a minute');
  }
  const seconds = Math.ceil(retryAfterMs / 1_000);
  if (seconds === 0) {
    return l10n.t('now');
  }
  const span = seconds < 120 ? spokenUnit(seconds, 'second') : spokenSpan(retryAfterMs + 59_999);
  return l10n.t({ message: 'in {0}', args: [span], comment: ['{0} is a span such as 5 minutes'] });
}
