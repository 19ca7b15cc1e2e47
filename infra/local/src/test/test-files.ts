import { globSync } from 'node:fs'
import { inOrder } from './test-order.ts'

/** What a test needs and costs, as its file name says. */
export const TEST_KINDS = ['unit', 'integration', 'e2e'] as const

export type TestKind = (typeof TEST_KINDS)[number]

const PATTERNS = ['{packages,services,infra}/*/src/**/*.test.ts', 'bench/**/*.test.ts', 'tests/**/*.test.ts']

export function kindOf(file: string): TestKind {
  if (file.endsWith('.e2e.test.ts')) return 'e2e'
  if (file.endsWith('.int.test.ts')) return 'integration'
  return 'unit'
}

/**
 * The test files of some kinds, whose path contains one of `parts` where any are given, in the order in which they
 * should be started.
 */
export function findTestFiles(root: string, kinds: readonly TestKind[], parts: readonly string[]): string[] {
  const files = globSync(PATTERNS, { cwd: root, exclude: ['**/node_modules/**'] })
    .filter((file) => kinds.includes(kindOf(file)))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
  return inOrder(files, kindOf)
}
