import type { Room } from '../steps/rooms';

const WIDTH = 100;

/** The floors of `src`, from the top, each with the rest of its title. */
const FLOORS = [
  ['features', 'a feature imports editor and core, never another feature'],
  ['editor', 'VS Code as the features need it; imports core'],
  ['core', 'plain Node, no vscode; below each room what it imports'],
] as const;

/** Draws the rooms of `src` as boxes, one for each floor; an arrow means "imports". */
export function drawRooms(rooms: readonly Room[]): string {
  const entry = rooms.filter(({ room }) => !room.includes('/') && room.endsWith('.ts'));
  const boxes = [
    ...entry.map(({ room, holds }) => box(`src/${room}`, '', [holds])),
    ...FLOORS.map(([floor, rest]) => box(`src/${floor}/`, rest, linesOf(floor, rooms))),
  ];
  return boxes.join(`\n${' '.repeat(WIDTH / 2)}↓\n`);
}

function linesOf(floor: string, rooms: readonly Room[]): string[] {
  const here = rooms.filter(({ room }) => room === floor || room.startsWith(`${floor}/`));
  const nameOf = (room: string) => (room === floor ? '*.ts' : room.slice(floor.length + 1));
  const column = Math.max(...here.map(({ room }) => nameOf(room).length)) + 3;
  return here.flatMap(({ room, holds, imports = [] }) => {
    const shown = imports.filter((one) => floor === 'core' && !one.endsWith('/*')).map(nameOf);
    const below = shown.length === 0 ? [] : [`${' '.repeat(column)}→ ${shown.join(', ')}`];
    return [`${nameOf(room).padEnd(column)}${holds}`, ...below];
  });
}

function box(name: string, rest: string, lines: readonly string[]): string {
  const title = rest === '' ? ` ${name} ` : ` ${name} ─ ${rest} `;
  return [
    `┌─${title}${'─'.repeat(WIDTH - title.length - 3)}┐`,
    ...lines.map((line) => `│ ${line.padEnd(WIDTH - 4)} │`),
    `└${'─'.repeat(WIDTH - 2)}┘`,
  ].join('\n');
}
