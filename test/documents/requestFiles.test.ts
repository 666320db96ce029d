import assert from 'node:assert/strict';
import { openRecordingProxy, type RecordingProxy } from '../fakes/recordingProxy';
import { codeBlocks } from './codeBlocks';

const page = 'docs/request-files.md';

/** The values of a reference, by what REST Client documents of its variables. */
type Values = (reference: string) => string | undefined;

/** Replaces `{{…}}` until nothing changes: the value of a variable may refer to others. */
function resolved(text: string, values: Values): string {
  const next = text.replace(/\{\{([^{}]+)\}\}/g, (whole, reference: string) => values(reference.trim()) ?? whole);
  return next === text ? text : resolved(next, values);
}

/** `@name = value` in a request file. */
function fileVariables(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^@(\w+) *= *(.*)$/gm)].map(([, name = '', value = '']) => [name, value.trim()]));
}

/** REST Client itself is not run here: this is the order in which its documentation says that it looks variables up. */
describe('the recipe for REST Client in docs/request-files.md', () => {
  let proxy: RecordingProxy;
  before(async () => {
    proxy = await openRecordingProxy();
  });
  after(() => proxy.close(0));

  const blockWith = (part: string): string =>
    codeBlocks(page).find(({ text }) => text.includes(part))?.text ?? assert.fail(`no block with ${part}`);
  const here = (text: string): string => text.replace('41234', String(proxy.port)).replace('<key>', proxy.key);
  const requestFile = blockWith('{{$dotenv RELTIO_URL}}');
  const get = async (url: string): Promise<void> => {
    assert.doesNotMatch(url, /[{}<>]/);
    assert.equal((await fetch(url)).status, 200);
  };

  it('leads to the local proxy with the address in .env', async () => {
    const dotenv = new Map(
      [...here(blockWith('RELTIO_URL=')).matchAll(/^(\w+)=(.*)$/gm)].map(([, a = '', b = '']) => [a, b]),
    );
    const values: Values = (reference) => {
      const name = /^\$dotenv (\w+)$/.exec(reference)?.[1];
      return name === undefined ? fileVariables(requestFile).get(reference) : dotenv.get(name);
    };
    await get(resolved(/^GET (.*)$/m.exec(requestFile)?.[1] ?? '', values));
    const [request] = proxy.admitted;
    assert.equal(request?.environmentName, 'dev');
    assert.equal(request.target, '/reltio/api/AcmeDev01/entities?max=5');
  });

  it('leads to it with the addresses in the settings too', async () => {
    const settings = JSON.parse(`{${here(blockWith('rest-client.environmentVariables'))}}`) as Record<
      string,
      Record<string, Record<string, string>>
    >;
    const { dev } = settings['rest-client.environmentVariables'] ?? {};
    const shorter = requestFile.replace(/^@reltio = .*\n/m, ''); // variables of the file come first
    const values: Values = (reference) => fileVariables(shorter).get(reference) ?? dev?.[reference];
    await get(resolved(/^GET (.*)$/m.exec(requestFile)?.[1] ?? '', values));
    assert.equal(proxy.admitted.length, 2);
  });
});
