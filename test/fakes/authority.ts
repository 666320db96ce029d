import { createPrivateKey, X509Certificate } from 'node:crypto';
import { makeCertificate, newKeyPair } from '../identity/x509';

export interface Pem {
  readonly cert: string;
  readonly key: string;
}

interface Wishes {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  /** A string is written unchanged and need not be a date. */
  readonly notAfter?: Date | string;
  /** Encrypts the key. */
  readonly passphrase?: string;
}

const day = 86_400_000;

/** A certificate authority of a company, or of a network that inspects TLS. */
export class Authority {
  private constructor(
    readonly name: string,
    readonly pem: Pem,
  ) {}

  static create(name: string): Authority {
    const { privateKey, publicKey } = newKeyPair();
    const now = Date.now();
    const cert = makeCertificate({
      subject: name,
      issuer: name,
      publicKey,
      signingKey: privateKey,
      notBefore: new Date(now - 30 * day),
      notAfter: new Date(now + 30 * day),
      isAuthority: true,
    });
    return new Authority(name, { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() });
  }

  /** An authority that another process created. */
  static from(pem: Pem): Authority {
    return new Authority(new X509Certificate(pem.cert).subject.replace(/^CN=/, ''), pem);
  }

  get cert(): string {
    return this.pem.cert;
  }

  /** A key with a certificate for localhost, 127.0.0.1 and `*.reltio.test`, unless other names are given. */
  issue({ names, addresses, notAfter, passphrase }: Wishes = {}): Pem {
    const { privateKey, publicKey } = newKeyPair();
    const end = notAfter ?? new Date(Date.now() + day);
    const cert = makeCertificate({
      subject: 'A server of the tests',
      issuer: this.name,
      publicKey,
      signingKey: createPrivateKey(this.pem.key),
      notBefore: new Date((typeof end === 'string' ? Date.now() : end.getTime()) - 2 * day),
      notAfter: end,
      names: names ?? ['localhost', '*.reltio.test'],
      addresses: addresses ?? (names === undefined ? ['127.0.0.1'] : []),
    });
    const lock = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
    return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem', ...lock }).toString() };
  }

  /** A certificate that expired an hour ago. */
  issueExpired(): Pem {
    return this.issue({ notAfter: new Date(Date.now() - 3_600_000) });
  }

  issueForAnotherName(): Pem {
    return this.issue({ names: ['another.example'] });
  }
}
