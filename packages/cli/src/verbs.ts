import type { VerbEntry } from './declaration/verb.ts'

/**
 * Every verb, in the order of the help. A verb's file is only loaded when the verb runs, so that the CLI starts at once
 * whatever its verbs need. See CONTRIBUTING.md, "Add a verb".
 */
export const verbs: readonly VerbEntry[] = [
  {
    name: 'help',
    summary: 'shows every verb, the help of one, or the exit codes',
    load: () => import('./verbs/help.ts')
  },
  {
    name: 'completion',
    summary: 'prints the script by which a shell completes verbs and options',
    load: () => import('./verbs/completion.ts')
  }
]
