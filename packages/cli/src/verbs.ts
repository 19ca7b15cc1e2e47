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
  },
  {
    name: 'whatif run',
    summary: 'tries another reader, model, prompt or mapping on the past, with no side effect',
    load: () => import('./verbs/whatif/run.ts')
  },
  { name: 'whatif list', summary: 'the what-ifs that were run', load: () => import('./verbs/whatif/list.ts') },
  {
    name: 'whatif show',
    summary: 'what a what-if found, record by record: is, would be, evidence',
    load: () => import('./verbs/whatif/show.ts')
  },
  { name: 'whatif remove', summary: 'forgets a what-if', load: () => import('./verbs/whatif/remove.ts') },
  { name: 'whatif prompt', summary: 'prints a prompt in force', load: () => import('./verbs/whatif/prompt.ts') }
]
