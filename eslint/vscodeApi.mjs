// `@types/vscode` has exactly the version that package.json promises to run on, so a newer or proposed member does not
// compile. This rule reports the ways around the types. VS Code refuses proposed API only to published extensions, so such
// code would run in tests and on a developer's machine, and fail after the release.
import ts from 'typescript';

const declaredBy = /[\\/]@types[\\/]vscode[\\/]/;
const objects = ts.TypeFlags.Object | ts.TypeFlags.Intersection;

/**
 * Reports
 * - a VS Code object used as a type with members that `@types/vscode` does not have: by a cast, an assignment, an argument;
 * - a cast of a VS Code object to `any` or `unknown`, which disables type checks;
 * - `'member' in vscode…` and `Reflect` on a VS Code object;
 * - an intersection of `typeof vscode` and another type;
 * - an import of `vscode` while any file of the program declares more of it, as `vscode.proposed.*.d.ts` do.
 *
 * `extras` lists, by file, the members that may be read anyway. The type that declares one must make it optional, so that
 * the compiler requires a check before each use.
 */
export default {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: { extras: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } } },
        additionalProperties: false,
      },
    ],
    messages: {
      member: '`{{member}}` is not in the VS Code API that this extension may use (@types/vscode).',
      unchecked: '`{{member}}` may be missing in VS Code: declare it optional, so that its use needs a check.',
      declared: '{{file}} declares more of the VS Code API than @types/vscode.',
      untyped: 'Without its type, a VS Code object is not checked against @types/vscode.',
    },
  },
  create(context) {
    const [{ extras = {} } = {}] = context.options;
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    const file = context.filename.replaceAll('\\', '/');
    const allowed = Object.entries(extras).find(([name]) => file.endsWith(`/${name}`))?.[1] ?? [];

    const partsOf = (type) => (type.isUnionOrIntersection() ? type.types.flatMap(partsOf) : [type]);
    const isDeclaredByVSCode = (type) =>
      (type.symbol?.declarations ?? []).some((one) => declaredBy.test(one.getSourceFile().fileName));
    const isVSCode = (type) => partsOf(type).some(isDeclaredByVSCode);
    const isAnything = (type) => (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
    const typeOf = (node) => services.getTypeAtLocation(node);

    /** The members of a type that the type of the VS Code object does not have. */
    function missingMembers(own, wanted) {
      const members = partsOf(wanted)
        .filter((part) => !isDeclaredByVSCode(part))
        .flatMap((part) => part.getProperties());
      return members.filter(({ name }) => checker.getPropertyOfType(own, name) === undefined);
    }

    function checkMembers(node, type, other) {
      const [own] = partsOf(type).filter(isDeclaredByVSCode);
      const choices = (other.isUnion() ? other.types : [other]).filter((one) => (one.flags & objects) !== 0);
      const missing = choices.map((wanted) => missingMembers(own, wanted));
      if (missing.some((members) => members.length === 0)) return;
      for (const { name: member, flags } of missing.flat()) {
        if (!allowed.includes(member)) context.report({ node, messageId: 'member', data: { member } });
        else if ((flags & ts.SymbolFlags.Optional) === 0)
          context.report({ node, messageId: 'unchecked', data: { member } });
      }
    }

    function checkCast(node) {
      const type = typeOf(node.expression);
      if (!isVSCode(type)) return;
      const target = typeOf(node.typeAnnotation);
      if (isAnything(target)) context.report({ node, messageId: 'untyped' });
      else checkMembers(node, type, target);
    }

    function checkUse(node) {
      const expression = services.esTreeNodeToTSNodeMap.get(node);
      const wanted = checker.getContextualType(expression);
      if (wanted === undefined || isAnything(wanted)) return;
      const type = checker.getTypeAtLocation(expression);
      if (isVSCode(type)) checkMembers(node, type, wanted);
    }

    return {
      TSAsExpression: checkCast,
      TSTypeAssertion: checkCast,
      'VariableDeclarator > .init': checkUse,
      'AssignmentExpression > .right': checkUse,
      'ReturnStatement > .argument': checkUse,
      'ArrowFunctionExpression > .body': (node) => {
        if (node.type !== 'BlockStatement') checkUse(node);
      },
      'CallExpression > .arguments': checkUse,
      'NewExpression > .arguments': checkUse,
      'Property > .value': checkUse,
      'BinaryExpression[operator="in"]'(node) {
        const { left, right } = node;
        const isAllowed = left.type === 'Literal' && allowed.includes(left.value);
        if (!isAllowed && isVSCode(typeOf(right))) context.report({ node, messageId: 'untyped' });
      },
      'CallExpression[callee.object.name="Reflect"]'(node) {
        const [target] = node.arguments;
        if (target !== undefined && isVSCode(typeOf(target))) context.report({ node, messageId: 'untyped' });
      },
      'ImportDeclaration[source.value="vscode"]'(node) {
        const api = checker.getSymbolAtLocation(services.esTreeNodeToTSNodeMap.get(node.source));
        const files = (api?.declarations ?? []).map((one) => one.getSourceFile().fileName);
        const other = files.find((name) => !declaredBy.test(name));
        if (other !== undefined) context.report({ node, messageId: 'declared', data: { file: other } });
      },
      'TSIntersectionType > TSTypeQuery'(node) {
        if (isVSCode(typeOf(node))) context.report({ node, messageId: 'untyped' });
      },
    };
  },
};
