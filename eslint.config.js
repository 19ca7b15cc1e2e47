import tseslint from 'typescript-eslint'
import prettier from 'eslint-config-prettier'

/** Only a service's or package's config file reads the environment; see CONTRIBUTING.md. */
const environmentReaders = [
  '**/config.ts',
  '**/config/*.ts',
  'infra/**',
  'bench/**',
  'tests/**',
  'packages/testing/**',
  '**/*.test.ts'
]

export default tseslint.config(
  { ignores: ['**/node_modules/**', '.cache/**', '.leadlog/**', '.tap/**', '**/*.mjs', 'eslint.config.js'] },
  ...tseslint.configs.recommendedTypeChecked,
  prettier,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in config.ts only.' }
      ]
    }
  },
  { files: environmentReaders, rules: { 'no-restricted-properties': 'off' } },
  { files: ['infra/**', 'bench/**', 'tests/**', 'packages/cli/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.test.ts', 'tests/**', 'packages/testing/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off'
    }
  }
)
