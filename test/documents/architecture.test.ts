import assert from 'node:assert/strict';
import { architecture, writtenArchitecture } from '../../scripts/docs/architecture';
import { drawRooms } from '../../scripts/docs/picture';
import { readRooms } from '../../scripts/steps/rooms';

describe('docs/architecture.md', () => {
  it('shows the rooms that the build enforces: npm run docs draws them', () => {
    assert.equal(writtenArchitecture(), architecture());
  });

  it('draws every room, and another picture for other rooms', () => {
    const rooms = readRooms();
    const picture = drawRooms(rooms);
    for (const { holds } of rooms) assert.ok(picture.includes(holds), holds);
    assert.notEqual(drawRooms(rooms.slice(0, -1)), picture);
  });

  it('draws boxes whose sides are straight', () => {
    const widths = new Set(
      drawRooms(readRooms())
        .split('\n')
        .filter((line) => !line.includes('↓'))
        .map((line) => line.length),
    );
    assert.equal(widths.size, 1);
  });
});
