import assert from 'node:assert/strict';
import { zipContent } from '../../../scripts/packing/zipContent';

describe('the content of a package', () => {
  it('is read from the end of the archive', () => {
    const entry = (name: string): Buffer => {
      const header = Buffer.alloc(46);
      header.write('PK\x01\x02', 'latin1');
      header.writeUInt16LE(name.length, 28);
      return Buffer.concat([header, Buffer.from(name)]);
    };
    const names = ['extension/package.json', 'extension/dist/extension.js'];
    const directory = Buffer.concat(names.map(entry));
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(names.length, 10);
    end.writeUInt32LE(4, 16);
    assert.deepEqual(zipContent(Buffer.concat([Buffer.from('data'), directory, end])), names);
  });

  it('reads only archives', () => {
    assert.throws(() => zipContent(Buffer.from('no archive')), /not a zip archive/);
  });
});
