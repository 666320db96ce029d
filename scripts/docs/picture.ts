import type { Room } from '../steps/rooms';

const WIDTH = 100;

/** The layers of `src`, from the top, each with the rest of its title. */
const LAYERS = [
  ['features', 'a feature imports editor and core, never another feature'],
  ['editor', 'VS Code as the features need it; imports core'],
  ['core', 'plain Node, no vscode; an arrow lists what a room imports'],
] as const;

/** Draws the rooms of `src`, one box for each layer; an arrow means "imports". */
export function drawRooms(rooms: readonly Room[]): string {
  const entry = rooms.filter(({ room }) => !room.includes('/') && room.endsWith('.ts'));
  const boxes = [
    ...entry.map(({ room, holds }) => box(`src/${room}`, '', [holds])),
    ...LAYERS.map(([layer, rest]) => box(`src/${layer}/`, rest, linesOf(layer, rooms))),
  ];
  return boxes.join(`\n${' '.repeat(WIDTH / 2)}↓\n`);
}

function linesOf(layer: string, rooms: readonly Room[]): string[] {
  const here = rooms.filter(({ room }) => room === layer || room.startsWith(`${layer}/`));
  const nameOf = (room: string) => (room === layer ? '*.ts' : room.slice(layer.length + 1));
  const column = Math.max(...here.map(({ room }) => nameOf(room).length)) + 3;
  return here.flatMap(({ room, holds, imports = [] }) => {
    const shown = imports.filter((one) => layer === 'core' && !one.endsWith('/*')).map(nameOf);
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
