import ts from 'typescript';

/** A call of `l10n.t`. */
export interface TextCall {
  /** Undefined if it is not written down in the call, so that nobody could translate it. */
  readonly message: string | undefined;
  readonly comment: readonly string[];
  /** How many values take the place of `{0}` and those that follow. */
  readonly values: number;
  /** Whether it runs when its module is loaded, before anybody knows the language. */
  readonly isTooEarly: boolean;
  /** Counted from 1. */
  readonly line: number;
}

/** Every call of `l10n.t` in a source. Unlike @vscode/l10n-dev 0.0.35, it also reads literals that are joined with `+`. */
export function textCalls(source: string): TextCall[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const calls: TextCall[] = [];
  const visit = (node: ts.Node, isTooEarly: boolean): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t') {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      calls.push({ ...readCall(node.arguments), isTooEarly, line });
    }
    const isLater = ts.isFunctionLike(node) || (ts.isPropertyDeclaration(node) && !isStatic(node));
    ts.forEachChild(node, (child) => {
      visit(child, isTooEarly && !isLater);
    });
  };
  visit(file, true);
  return calls;
}

function isStatic({ modifiers }: ts.PropertyDeclaration): boolean {
  return (modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
}

function readCall([first, ...values]: readonly ts.Expression[]): Omit<TextCall, 'line' | 'isTooEarly'> {
  if (first === undefined || !ts.isObjectLiteralExpression(first)) {
    return { message: literal(first), comment: [], values: values.length };
  }
  const field = (name: string): ts.Expression | undefined =>
    first.properties.filter(ts.isPropertyAssignment).find((one) => one.name.getText() === name)?.initializer;
  const comment = items(field('comment')).map(literal);
  return {
    message: comment.includes(undefined) ? undefined : literal(field('message')),
    comment: comment.filter((one) => one !== undefined),
    values: items(field('args')).length,
  };
}

function items(list: ts.Expression | undefined): readonly ts.Expression[] {
  return list === undefined ? [] : ts.isArrayLiteralExpression(list) ? list.elements : [list];
}

function literal(text: ts.Expression | undefined): string | undefined {
  if (text !== undefined && ts.isStringLiteralLike(text)) {
    return text.text;
  }
  if (text === undefined || !ts.isBinaryExpression(text) || text.operatorToken.kind !== ts.SyntaxKind.PlusToken) {
    return undefined;
  }
  const [left, right] = [literal(text.left), literal(text.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}
