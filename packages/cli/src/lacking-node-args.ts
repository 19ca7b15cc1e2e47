import type { VerbEntry } from './declaration/verb.ts'
import { findVerb } from './find-verb.ts'

/** The options of Node that the verb of the command line should run with and that nobody has set. */
export function lackingNodeArgs(
  verbs: readonly VerbEntry[],
  args: readonly string[],
  set: readonly string[]
): readonly string[] {
  if (args.includes('--help') || args.includes('-h')) return []
  const wanted = nodeArgsOf(verbs, args)
  return wanted.filter((arg) => !set.some((given) => given.includes(arg.split('=')[0] ?? arg)))
}

function nodeArgsOf(verbs: readonly VerbEntry[], args: readonly string[]): readonly string[] {
  try {
    const found = findVerb(verbs, args)
    return found.kind === 'verb' ? (found.entry.nodeArgs ?? []) : []
  } catch {
    // What is wrong with the command line is said when it is run.
    return []
  }
}
