import { distance } from 'fastest-levenshtein'
import { usageError } from './errors.ts'
import type { VerbEntry } from './declaration/verb.ts'

/** What the words of a command line name: a verb with what follows it, or a group of verbs. */
export type Found =
  | { readonly kind: 'verb'; readonly entry: VerbEntry; readonly rest: readonly string[] }
  | { readonly kind: 'group'; readonly name: string; readonly entries: readonly VerbEntry[] }

/** @throws CliError CLI_USAGE that names the verb which may have been meant */
export function findVerb(verbs: readonly VerbEntry[], args: readonly string[]): Found {
  const words = leadingWords(args)
  for (let length = words.length; length > 0; length--) {
    const name = words.slice(0, length).join(' ')
    const entry = verbs.find((candidate) => candidate.name === name)
    if (entry) return { kind: 'verb', entry, rest: args.slice(length) }
    const entries = verbs.filter((candidate) => candidate.name.startsWith(`${name} `))
    if (entries.length === 0) continue
    const next = words[length]
    if (next === undefined) return { kind: 'group', name, entries }
    throw unknown(verbs, `${name} ${next}`, `leadlog ${name} --help`)
  }
  throw unknown(verbs, words.slice(0, 2).join(' '), 'leadlog help')
}

/** Verbs have at most three words, all before the first option. */
function leadingWords(args: readonly string[]): string[] {
  const end = args.findIndex((word) => word.startsWith('-'))
  return args.slice(0, end === -1 ? args.length : end).slice(0, 3)
}

function unknown(verbs: readonly VerbEntry[], written: string, help: string) {
  const near = nearest(verbs, written)
  const meant = near === undefined ? '' : `; perhaps you meant "leadlog ${near}"`
  return usageError(`There is no verb "${written}"${meant}. See: ${help}`)
}

/** A third of the letters may be wrong before a suggestion is no help any more. */
const TOLERANCE = 3

function nearest(verbs: readonly VerbEntry[], written: string): string | undefined {
  const first = written.split(' ')[0] ?? ''
  const candidates = verbs.flatMap(({ name }) => [
    { name, far: distance(written, name), letters: name.length },
    { name, far: distance(first, name), letters: name.length }
  ])
  const best = candidates.toSorted((a, b) => a.far - b.far)[0]
  return best && best.far <= Math.max(2, best.letters / TOLERANCE) ? best.name : undefined
}
