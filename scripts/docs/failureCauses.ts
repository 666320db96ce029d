import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../process/folders';

const file = join(ROOT, 'src/core/base/failureTable.ts');

/** When each failure happens, by code: the comments of the rows of `failureTable`. */
export function failureCauses(): Readonly<Record<string, string>> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
  const causes: Record<string, string> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isCallExpression(node.initializer)) {
      const [comment] = ts.getJSDocCommentsAndTags(node);
      const text =
        comment === undefined || !ts.isJSDoc(comment) ? undefined : ts.getTextOfJSDocComment(comment.comment);
      if (text === undefined) throw new Error(`${node.name.getText()} has no comment that says when it happens`);
      causes[node.name.getText()] = text.replace(/\s+/g, ' ');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return causes;
}
