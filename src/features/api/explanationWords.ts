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
export class ExplanationWords {
  constructor(private readonly about: About) {}

  get host(): string | undefined {
    return this.about.host;
  }

  /** `dev.reltio.com` */
  get who(): string {
    return this.about.host ?? 'Reltio';
  }

  /** ` (HTTP 403)` */
  get status(): string {
    return this.about.status === undefined ? '' : ` (HTTP ${this.about.status})`;
  }

  get place(): string {
    return this.about.host ?? 'another host';
  }

  get meant(): string {
    const { environment } = this.about;
    return environment === undefined ? 'the environment' : `the environment "${environment.name}"`;
  }

  get meantHost(): string {
    return this.about.environment?.host ?? 'another host';
  }

  get issuerWanted(): string {
    return this.about.environment?.identityServer ?? 'another identity server';
  }

  get issuer(): string {
    return this.about.issuer ?? 'another identity server';
  }

  get later(): string {
    const { retryAfterMs } = this.about;
    if (retryAfterMs === undefined) {
      return 'in a minute';
    }
    const seconds = Math.ceil(retryAfterMs / 1_000);
    if (seconds === 0) {
      return 'now';
    }
    return seconds < 120
      ? `in ${seconds} second${seconds === 1 ? '' : 's'}`
      : `in ${spokenSpan(retryAfterMs + 59_999)}`;
  }
}
