import tseslint from 'typescript-eslint';

const noConsole = { object: 'console', message: 'Only log.ts and the command line write to the outside.' };

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.tmp/', 'cdk.out/', '**/*.cjs', 'eslint.config.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 250, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 4 }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' },
        { object: 'Date', property: 'now', message: 'Time is an argument: take the Clock.' },
        { object: 'Math', property: 'random', message: 'Chance is an argument: take the Random.' },
        noConsole,
      ],
    },
  },
  {
    files: ['src/core/schema-types/**'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['src/config.ts', 'test/**', 'localstack/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**', 'localstack/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'off',
    },
  },
);
