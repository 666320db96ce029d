import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pastedTokenClient } from '../../../src/core/model/account';
import { accountKind } from '../../../src/core/model/accountKind';
import { accountText } from '../../../src/editor/messages/accountText';

const src = path.join(__dirname, '../../../src');

describe('the kind of an account', () => {
  const pasted = { clientId: pastedTokenClient };

  it('is that of a pasted token only for the client id that stands for one', () => {
    const names = [pastedTokenClient, 'reltio_ui', 'pasted', ''].map((clientId) => accountKind({ clientId }).name);
    assert.deepEqual(names, ['pasted', 'issued', 'issued', 'issued']);
  });

  it('says that a pasted token has no known client and cannot be renewed', () => {
    const { knowsClient, canRenew, onlyRemedy, signInRequired, notRefreshed } = accountKind(pasted);
    assert.deepEqual(
      [knowsClient, canRenew, onlyRemedy, signInRequired, notRefreshed],
      [false, false, 'pasteToken', 'pasteAgain', 'neverRefreshed'],
    );
  });

  it('decides what every text says of it', () => {
    assert.equal(accountText(pasted).tag, 'pasted token');
    assert.equal(accountText(pasted).client(pastedTokenClient), 'unknown, because the token was pasted');
    assert.equal(accountText({ clientId: 'acme' }).client('acme'), 'acme');
  });

  it('is decided in one place', () => {
    const users = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter(
        (file) => file.endsWith('.ts') && readFileSync(path.join(src, file), 'utf8').includes('pastedTokenClient'),
      )
      .map((file) => path.basename(file));
    assert.deepEqual(users.toSorted(), ['account.ts', 'accountKind.ts', 'pastedStep.ts']);
  });
});
