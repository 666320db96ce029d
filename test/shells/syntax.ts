import { Language, Parser } from '@vscode/tree-sitter-wasm';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = dirname(createRequire(__filename).resolve('@vscode/tree-sitter-wasm'));

export type Checked = 'bash' | 'powershell';

/** The mistakes that the parser of VS Code finds in a script: each with its line. Empty if there is none. */
export async function mistakesIn(language: Checked, text: string): Promise<readonly string[]> {
  await Parser.init({ locateFile: () => join(folder, 'tree-sitter.wasm') });
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(folder, `tree-sitter-${language}.wasm`)));
  const tree = parser.parse(text);
  const mistakes: string[] = [];
  const visit = (node: NonNullable<typeof tree>['rootNode']): void => {
    if (node.isError || node.isMissing) mistakes.push(`line ${node.startPosition.row + 1}: ${node.text}`);
    for (const child of node.children) if (child !== null) visit(child);
  };
  if (tree !== null) visit(tree.rootNode);
  return mistakes;
}
