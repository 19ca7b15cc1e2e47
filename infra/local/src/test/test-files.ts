import { globSync } from 'node:fs'

/** What a test needs and costs, as its file name says. */
export type TestKind = 'unit' | 'integration' | 'e2e'

const PATTERNS = ['{packages,services,infra}/*/src/**/*.test.ts', 'bench/**/*.test.ts', 'tests/**/*.test.ts']

export function kindOf(file: string): TestKind {
  if (file.endsWith('.e2e.test.ts')) return 'e2e'
  if (file.endsWith('.int.test.ts')) return 'integration'
  return 'unit'
}

/** The test files of one kind, whose path contains one of `parts` where any are given. */
export function findTestFiles(root: string, kind: TestKind, parts: readonly string[]): string[] {
  return globSync(PATTERNS, { cwd: root, exclude: ['**/node_modules/**'] })
    .filter((file) => kindOf(file) === kind)
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .sort()
}
