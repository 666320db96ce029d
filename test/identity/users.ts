import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import { codeFor, newSecret } from './oneTimeCode';

/** The second step a user has; the values are Reltio's `mfaType`. */
type Mfa = 'none' | 'AUTHENTICATOR' | 'EMAIL';

/** One person. `mfa` and `password` may be changed by a test at any time. */
export interface User {
  readonly name: string;
  readonly email: string;
  password: string;
  mfa: Mfa;
  /** Base32 secret of the person's authenticator app. */
  readonly secret: string;
  /** Set for a person whose password lives at another identity provider; compared without case. */
  readonly idpSystem?: string;
  /** What that provider's own login would have given: several KB, accepted in place of the password. */
  readonly idpAccessToken?: string;
  /** Tenant ids this person may reach through the data API. */
  tenants: string[];
  /** URI of the entity that stands for this person (Reltio's `entityURI`). */
  readonly entityUri: string;
  /** Codes mailed so far, newest last. */
  readonly mails: string[];
  /** The code to type now: the authenticator's, or the last one mailed. Throws where there is none. */
  code(): string;
}

export type NewUser = Pick<User, 'name' | 'password'> & Partial<Pick<User, 'mfa' | 'idpSystem' | 'tenants'>>;

/** The people this server knows. Names are found without regard to case, and by e-mail address too. */
export class Users {
  private readonly people: User[] = [];

  constructor(private readonly clock: Clock) {
    this.add({ name: 'jane@acme.com', password: 'jane+sails=7&100%' });
    this.add({ name: 'omar@acme.com', password: 'omar/bakes~bread42', mfa: 'AUTHENTICATOR' });
    this.add({ name: 'mina@acme.com', password: 'mina grüßt 23 Möwen', mfa: 'EMAIL' });
    this.add({ name: 'sara@acme.com', password: 'sara#sells?tea;9', idpSystem: 'salesforce' });
  }

  /** Jane: user name and password, nothing else. */
  get plain(): User {
    return this.get('jane@acme.com');
  }

  /** Omar: password and the code of an authenticator app. */
  get withAuthenticator(): User {
    return this.get('omar@acme.com');
  }

  /** Mina: password and a code that comes by e-mail. */
  get withEmail(): User {
    return this.get('mina@acme.com');
  }

  /** Sara: has no Reltio password; signs in with `idp_system=salesforce`. */
  get salesforceOnly(): User {
    return this.get('sara@acme.com');
  }

  all(): readonly User[] {
    return this.people;
  }

  find(name: string): User | undefined {
    const wanted = name.toLowerCase();
    return this.people.find((user) => user.name.toLowerCase() === wanted || user.email.toLowerCase() === wanted);
  }

  /** Like `find`, but throws, naming the people there are. */
  get(name: string): User {
    const user = this.find(name);
    if (!user) {
      throw new Error(`No user ${name}; there are ${this.people.map((person) => person.name).join(', ')}.`);
    }
    return user;
  }

  add(person: NewUser): User {
    const mails: string[] = [];
    const secret = newSecret();
    const clock = this.clock;
    const user: User = {
      email: person.name.includes('@') ? person.name : `${person.name}@acme.com`,
      mfa: 'none',
      tenants: ['AcmeDev01', 'AcmeTest01'],
      secret,
      ...(person.idpSystem === undefined ? {} : { idpAccessToken: salesforceToken() }),
      ...person,
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
    this.people.push(user);
    return user;
  }
}

// Salesforce session ids look like this: organisation, exclamation mark, opaque rest.
function salesforceToken(): string {
  return `00D5g00000AcmeX!AQ.${randomBytes(3000).toString('base64url')}`;
}
