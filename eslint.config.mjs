import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import plainGlobals from './eslint/plainGlobals.mjs';
import vscodeApi from './eslint/vscodeApi.mjs';

const node = Object.fromEntries(
  [
    'AbortController',
    'Buffer',
    'URL',
    '__dirname',
    '__filename',
    'clearTimeout',
    'console',
    'exports',
    'module',
    'process',
    'require',
    'setTimeout',
  ].map((name) => [name, 'readonly']),
);

export default defineConfig(
  { ignores: ['dist/', 'out/', '.cache/', 'node_modules/', '**/*.d.ts'] },
  eslint.configs.recommended,
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: node },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-throw-literal': 'off',
      'prefer-const': 'error',
    },
  },
  ...plainGlobals,
  {
    files: ['src/**/*.ts'],
    plugins: { reltio: { rules: { 'vscode-api': vscodeApi } } },
    rules: {
      'reltio/vscode-api': [
        'error',
        {
          extras: {
            // Stable since long before 1.103, and missing in @types/vscode: the two halves of `globalValue`.
            'src/editor/settings/personalSettings.ts': ['globalLocalValue', 'globalRemoteValue'],
            'src/editor/secrets/contextSecrets.ts': ['keys'], // stable since 1.105
          },
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // it treats a variable that a callback changes as a constant
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    // Tests may use `!` on a value that they have just checked, and assertions may pass methods unbound.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
