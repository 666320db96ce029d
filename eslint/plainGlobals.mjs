// Rules for src about Node's globals: the console, the time, timers and the environment.

const clock =
  'Time comes from the Clock that is passed in (core/base/clock.ts), so that tests and the simulation control it.';
const noConsole = 'Log through the Log that is passed in: it decides by name which fields are written.';
const globals = '/^(globalThis|global|self|window)$/';
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];

/** A member of a global object, with a dot or in brackets: `globalThis.name`, `globalThis['name']`. */
const memberOf = (object, names) => [
  `MemberExpression[object.name=${object}][property.name=/^(${names.join('|')})$/][computed=false]`,
  `MemberExpression[object.name=${object}][property.value=/^(${names.join('|')})$/]`,
];
const restricted = (message, selectors) => selectors.map((selector) => ({ selector, message }));

const consoleSyntax = restricted(noConsole, memberOf(globals, ['console']));
const clockSyntax = restricted(clock, [
  ...memberOf('"Date"', ['now']),
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
  'VariableDeclarator[init.name="Date"]',
  ...memberOf('"performance"', ['now']),
  ...memberOf('"process"', ['hrtime', 'uptime']),
  ...memberOf('"AbortSignal"', ['timeout']),
  ...memberOf(globals, [...timers, 'Date', 'performance']),
]);
const environmentSyntax = restricted('Only editor/editor.ts reads the environment. It passes on what others need.', [
  ...memberOf('"process"', ['env']),
  'VariableDeclarator[init.name="process"]',
]);

const modules = (message, names) => names.flatMap((name) => [name, `node:${name}`]).map((name) => ({ name, message }));

export default [
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...consoleSyntax, ...clockSyntax, ...environmentSyntax],
      'no-restricted-globals': ['error', ...timers.map((name) => ({ name, message: clock }))],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...modules(clock, ['timers', 'timers/promises', 'perf_hooks']),
            ...modules(noConsole, ['console']),
            ...modules('Use the global `process`, which these rules watch.', ['process']),
          ],
        },
      ],
    },
  },
  {
    files: ['src/core/base/clock.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...consoleSyntax, ...environmentSyntax],
      'no-restricted-globals': 'off',
    },
  },
  {
    // the second one runs in a terminal, without the extension
    files: ['src/editor/editor.ts', 'src/core/terminal/client/reltioToken.ts'],
    rules: { 'no-restricted-syntax': ['error', ...consoleSyntax, ...clockSyntax] },
  },
];
