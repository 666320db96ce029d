import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { removeFolder, temporaryFolder } from '../../scripts/process/folders';
import {
  CertificateFileError,
  openKey,
  readAuthorities,
  readClientCertificate,
} from '../../src/core/network/tls/certificateFiles';
import { describeChain } from '../../src/core/network/tls/peerCertificates';
import { certificateFinding } from '../../src/features/diagnosis/networkFindings';
import { reportText } from '../../src/features/diagnosis/report';
import { Authority } from '../fakes/authority';
import { monday } from '../fakes/fakeClock';
import { hostileTexts } from './hostile';
import { fuzz, type Verdict } from './fuzz';

const nat = fc.nat({ max: 99_999 });
/** Up to three edits: bytes changed, removed or repeated. */
const edits = fc.array(fc.tuple(nat, nat, nat), { maxLength: 3 });

function edited(bytes: Buffer, list: readonly (readonly [number, number, number])[]): Buffer {
  return list.reduce((now, [kind, place, what]) => {
    const at = place % (now.length + 1);
    switch (kind % 5) {
      case 0:
        return Buffer.concat([now.subarray(0, at), now.subarray(at + (what % 9))]);
      case 1:
        return Buffer.concat([now.subarray(0, at), Buffer.from([what % 256]), now.subarray(at)]);
      case 2:
        return now.subarray(0, at);
      case 3:
        return Buffer.concat([now.subarray(0, at), now]);
      default: {
        const copy = Buffer.from(now);
        if (at < copy.length) copy[at] = what % 256;
        return copy;
      }
    }
  }, bytes);
}

/** Certificates are expensive: reading one takes a hundred times as long as reading an answer. */
describe('hostile certificates', () => {
  const authority = Authority.create('Acme Inspection Root');
  const locked = authority.issue({ passphrase: 'Passphrase-1' });
  const plain = authority.issue();
  const hostile = hostileTexts.map((name) => Authority.create(name.slice(0, 300)));
  const odd = [authority.issue({ notAfter: 'some day' }), authority.issueExpired()];
  let folder: string;
  before(() => {
    folder = temporaryFolder('fuzz');
  });
  after(() => {
    removeFolder(folder);
  });

  async function verdictOf(reading: Promise<unknown>): Promise<Verdict> {
    try {
      await reading;
      return 'accepted';
    } catch (error) {
      assert.ok(error instanceof CertificateFileError, String(error));
      return 'refused';
    }
  }

  const der = new X509Certificate(authority.cert).raw;
  const files = [authority.cert, `${authority.cert}\n${plain.cert}`, `# Acme\r\n${authority.cert}`].map((text) =>
    Buffer.from(text),
  );
  fuzz(
    'a file of authorities',
    fc.tuple(fc.constantFrom(...files, der, Buffer.alloc(0)), edits),
    async ([file, list]) => {
      const path = join(folder, 'ca.pem');
      writeFileSync(path, edited(file, list));
      return verdictOf(
        readAuthorities(path).then((read) => {
          for (const pem of read) assert.equal(new X509Certificate(pem).toString(), pem, 'unchanged when read again');
        }),
      );
    },
    { oneIn: 10 },
  );

  fuzz(
    'a client certificate and its key',
    fc.tuple(fc.constantFrom(plain, locked), edits, fc.boolean(), fc.constantFrom(undefined, 'Passphrase-1', 'wrong')),
    async ([pem, list, isKey, passphrase]) => {
      const paths = { cert: join(folder, 'c.pem'), key: join(folder, 'k.pem') };
      writeFileSync(paths.cert, isKey ? pem.cert : edited(Buffer.from(pem.cert), list));
      writeFileSync(paths.key, isKey ? edited(Buffer.from(pem.key), list) : pem.key);
      return verdictOf(
        readClientCertificate(paths, () => Promise.resolve(passphrase)).then((read) => {
          assert.equal(openKey(read.key, read.passphrase), 'opened');
        }),
      );
    },
    { oneIn: 20 },
  );

  // not through `X509Certificate`, which in Node 24 refuses one of them
  const chains = [plain, ...odd, ...hostile.map((one) => one.pem)].map(({ cert }) =>
    Buffer.from(cert.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
  );
  fuzz(
    'a chain that a server shows, and the document about it',
    fc.tuple(fc.array(fc.constantFrom(...chains), { minLength: 1, maxLength: 3 }), edits),
    ([raws, list]) => {
      let certificates: readonly X509Certificate[];
      try {
        certificates = raws.map((raw, index) => new X509Certificate(index === 0 ? edited(raw, list) : raw));
      } catch {
        return 'refused'; // TLS itself would not take it
      }
      const peer = describeChain(certificates, list.length > 1 ? 'CERT_HAS_EXPIRED' : undefined);
      assert.ok(peer !== undefined && !peer.isPublic);
      assert.ok(peer.validUntil === undefined || /^[+-]?\d{4,6}-\d\d-\d\d$/.test(peer.validUntil), peer.validUntil);
      const text = reportText([certificateFinding('auth.reltio.com', peer)], monday);
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.doesNotMatch(text.replace(/`[^`\n]*`/g, ''), /evil|command:|[[\]<>]/);
      assert.ok(text.length < 2_000);
      return 'accepted';
    },
    { oneIn: 100 },
  );
});
