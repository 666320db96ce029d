import ts from 'typescript';

/** A text in a source that reads like something to show, and is not passed to `l10n.t`. */
export interface BareText {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Two words, or one that begins a sentence or a label. */
const words = /\p{L}{2,}[,;:.!?…"')]*\s+["'(]?\p{L}{2,}|^\p{Lu}\p{Ll}+[.:!?…]?$/u;
/** Its arguments are for programs and developers, or are translated. */
const notShown = /^(l10n\.t|(\w+\.)*log\.(info|warn|error|debug|trace)|Error|Symbol(\.for)?)$/;
/** A property with such a name is shown, whatever its text is. */
const shown =
  /^(label|description|detail|place[hH]older|prompt|title|tooltip|spoken|sentence|heading|says|next|advice|nextStep)$/;

/** Every such text. A value inside a template stands as `{}`. */
export function bareTexts(source: string): BareText[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found: BareText[] = [];
  const visit = (node: ts.Node): void => {
    if (isNotShown(node)) return;
    const text = textOf(node);
    if (text !== undefined && (words.test(text) || (isShown(node) && /\p{L}/u.test(text.replaceAll('{}', ''))))) {
      found.push({ text, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isNotShown(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  return (ts.isCallExpression(node) || ts.isNewExpression(node)) && notShown.test(node.expression.getText());
}

function isShown({ parent }: ts.Node): boolean {
  return ts.isPropertyAssignment(parent) && shown.test(parent.name.getText());
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}')
    : undefined;
}
