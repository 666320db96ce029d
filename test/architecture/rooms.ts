import { posix } from 'node:path';
import ts from 'typescript';

/** What a room may take from another: its values and types, or its types only. */
type Access = 'all' | 'types';

/** The table of DESIGN section 2. A room may always import itself. */
const CORE = { oauth: 'all', sessions: 'all', network: 'all' } as const;
const OUTER = { ...CORE, support: 'all' } as const;
const ROOMS: Record<string, Record<string, Access>> = {
  'extension.ts': { ...OUTER, signIn: 'all', provider: 'all', statusBar: 'all', handoff: 'all' },
  oauth: {},
  sessions: { oauth: 'all' },
  network: { oauth: 'types' },
  signIn: OUTER,
  provider: OUTER,
  statusBar: OUTER,
  handoff: OUTER,
  support: CORE,
};
const PLAIN_NODE_ROOMS = new Set(['oauth', 'sessions', 'network']);
const CLOCK = 'sessions/clock.ts';
const TIMERS = new Set(['setTimeout', 'setInterval']);

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

/** The rules that a source file breaks, as sentences. `file` is relative to `src`, with forward slashes. */
export function brokenRules(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const room = roomOf(file);
  const allowed = ROOMS[room];
  if (allowed === undefined) return [`${file} is in no room of the design`];
  return [
    ...importsOf(source).flatMap((entry) => brokenByImport(file, room, allowed, entry)),
    ...brokenByGlobals(file, source),
  ];
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function brokenByImport(file: string, room: string, allowed: Record<string, Access>, entry: Import): string[] {
  const { target, typeOnly } = entry;
  if (target === 'vscode') {
    return PLAIN_NODE_ROOMS.has(room) ? [`${file} imports vscode: ${room} is plain Node`] : [];
  }
  if (target === 'undici' || target.startsWith('undici/')) {
    return room === 'network' ? [] : [`${file} imports ${target}: only network may`];
  }
  if (!target.startsWith('.')) return [];
  const path = posix.normalize(posix.join(posix.dirname(file), target));
  if (path.startsWith('..')) return [`${file} imports ${target}: outside src`];
  const other = roomOf(path.replace(/^extension(\.[jt]s)?$/, 'extension.ts'));
  if (other === room) return [];
  const access = allowed[other];
  if (access === undefined) return [`${file} imports ${target}: ${room} may not import ${other}`];
  if (access === 'types' && !typeOnly) return [`${file} imports ${target}: ${room} may import only types of ${other}`];
  return [];
}

function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push({ target: specifier.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, isTypeOnly(node.importClause));
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly || allTypes(node.exportClause));
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node)) {
      const dynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const required = ts.isIdentifier(node.expression) && node.expression.text === 'require';
      if (dynamic || required) add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  return clause.phaseModifier === ts.SyntaxKind.TypeKeyword || (!clause.name && allTypes(clause.namedBindings));
}

function allTypes(names: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (names === undefined || !(ts.isNamedImports(names) || ts.isNamedExports(names))) return false;
  return names.elements.length > 0 && [...names.elements].every((element) => element.isTypeOnly);
}

function brokenByGlobals(file: string, source: ts.SourceFile): string[] {
  const found: string[] = [];
  const inClock = file === CLOCK;
  const onlyClock = (what: string): void => {
    if (!inClock) found.push(`${file} uses ${what}: only ${CLOCK} may`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isGlobalUse(node)) {
      const { text, parent } = node;
      if (text === 'console') found.push(`${file} uses console: nothing in src may`);
      if (TIMERS.has(text)) onlyClock(text);
      if (text === 'Date' && ts.isPropertyAccessExpression(parent) && parent.name.text === 'now') onlyClock('Date.now');
      if (text === 'Date' && ts.isNewExpression(parent) && (parent.arguments?.length ?? 0) === 0)
        onlyClock('new Date()');
      if (text === 'Date' && ts.isCallExpression(parent) && parent.expression === node) onlyClock('Date()');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether the name stands for the global (or for an import of it), not for somebody's property of that name. */
function isGlobalUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return ts.isIdentifier(parent.expression) && ['globalThis', 'global', 'window'].includes(parent.expression.text);
  }
  if (ts.isImportSpecifier(parent)) return /timers/.test(parent.parent.parent.parent.moduleSpecifier.getText());
  const names = ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent);
  if (names || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) return parent.name !== node;
  return !ts.isTypeReferenceNode(parent) && !ts.isQualifiedName(parent);
}
