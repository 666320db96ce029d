import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import { codeFor, newSecret } from './oneTimeCode';

/** The second factor of a user; the values are Reltio's `mfaType`. */
type Mfa = 'none' | 'AUTHENTICATOR' | 'EMAIL';

/** One user. A test may change `mfa` and `password` at any time. */
export interface User {
  readonly name: string;
  readonly email: string;
  password: string;
  mfa: Mfa;
  /** Base32 secret of the user's authenticator app. */
  readonly secret: string;
  /** Set for a user whose password is at another identity provider; compared without case. */
  readonly idpSystem?: string;
  /** A token of that provider: several KB, accepted in place of the password. */
  readonly idpAccessToken?: string;
  /** Tenant ids that this user has access to through the data API. */
  tenants: string[];
  /** The tenant ids in which the user has a role, by role. By default ROLE_USER in all of `tenants`. */
  roles: Readonly<Record<string, readonly string[]>>;
  /** URI of the entity that represents this user (Reltio's `entityURI`). */
  readonly entityUri: string;
  /** Codes mailed so far, newest last. */
  readonly mails: string[];
  /** The code to type now: the authenticator's, or the last one mailed. Throws where there is none. */
  code(): string;
}

export type NewUser = Pick<User, 'name' | 'password'> & Partial<Pick<User, 'mfa' | 'idpSystem' | 'tenants' | 'roles'>>;

/** The users this server knows, found by name or e-mail address, without regard to case. */
export class Users {
  private readonly list: User[] = [];

  constructor(private readonly clock: Clock) {
    this.add({ name: 'jane@acme.com', password: 'jane+sails=7&100%' });
    this.add({ name: 'omar@acme.com', password: 'omar/bakes~bread42', mfa: 'AUTHENTICATOR' });
    this.add({ name: 'mina@acme.com', password: 'mina grüßt 23 Möwen', mfa: 'EMAIL' });
    this.add({ name: 'sara@acme.com', password: 'sara#sells?tea;9', idpSystem: 'salesforce' });
  }

  /** Jane: user name and password only. */
  get plain(): User {
    return this.get('jane@acme.com');
  }

  /** Omar: password and the code of an authenticator app. */
  get withAuthenticator(): User {
    return this.get('omar@acme.com');
  }

  /** Mina: password and a code sent by e-mail. */
  get withEmail(): User {
    return this.get('mina@acme.com');
  }

  /** Sara: has no Reltio password and signs in with `idp_system=salesforce`. */
  get salesforceOnly(): User {
    return this.get('sara@acme.com');
  }

  all(): readonly User[] {
    return this.list;
  }

  find(name: string): User | undefined {
    const wanted = name.toLowerCase();
    return this.list.find((user) => user.name.toLowerCase() === wanted || user.email.toLowerCase() === wanted);
  }

  /** Like `find`, but throws an error that names the known users. */
  get(name: string): User {
    const user = this.find(name);
    if (!user) {
      throw new Error(`No user ${name}; there are ${this.list.map((user) => user.name).join(', ')}.`);
    }
    return user;
  }

  add(added: NewUser): User {
    const mails: string[] = [];
    const secret = newSecret();
    const clock = this.clock;
    const tenants = added.tenants ?? ['AcmeDev01', 'AcmeTest01'];
    const user: User = {
      email: added.name.includes('@') ? added.name : `${added.name}@acme.com`,
      mfa: 'none',
      tenants,
      roles: { ROLE_USER: tenants },
      secret,
      ...(added.idpSystem === undefined ? {} : { idpAccessToken: salesforceToken() }),
      ...added,
      entityUri: `entities/${randomBytes(4).toString('hex')}`,
      mails,
      code() {
        if (this.mfa === 'AUTHENTICATOR') {
          return codeFor(secret, clock());
        }
        const mailed = mails.at(-1);
        if (mailed === undefined) {
          throw new Error(`No code was mailed to ${this.name}.`);
        }
        return mailed;
      },
    };
    this.list.push(user);
    return user;
  }
}

// Salesforce session ids look like this: organisation, exclamation mark, opaque rest.
function salesforceToken(): string {
  return `00D5g00000AcmeX!AQ.${randomBytes(3000).toString('base64url')}`;
}
