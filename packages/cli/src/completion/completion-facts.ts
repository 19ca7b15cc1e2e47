import { kebab } from '../declaration/parse-verb-args.ts'
import type { VerbEntry } from '../declaration/verb.ts'

/** What a shell can complete behind some words of a verb. */
export interface CompletionFacts {
  /** The words of a verb or a group so far, '' for none, and the words that may follow. */
  readonly words: ReadonlyMap<string, readonly CompletionWord[]>
  /** The options of each verb. */
  readonly options: ReadonlyMap<string, readonly CompletionOption[]>
}

export interface CompletionWord {
  readonly word: string
  readonly summary: string
}

export interface CompletionOption {
  readonly name: string
  readonly description: string
  readonly takesValue: boolean
  readonly choices: readonly string[]
}

const COMMON: readonly CompletionOption[] = [
  { name: 'json', description: 'print JSON for programs', takesValue: false, choices: [] },
  { name: 'help', description: 'show the help', takesValue: false, choices: [] }
]

export async function completionFacts(verbs: readonly VerbEntry[]): Promise<CompletionFacts> {
  const words = new Map<string, CompletionWord[]>()
  const options = new Map<string, CompletionOption[]>()
  const offer = (behind: string, next: CompletionWord): void => {
    const offered = words.get(behind) ?? []
    if (!offered.some(({ word }) => word === next.word)) words.set(behind, [...offered, next])
  }
  for (const { name, summary, load } of verbs) {
    const parts = name.split(' ')
    parts.forEach((word, index) => {
      const last = index === parts.length - 1
      offer(parts.slice(0, index).join(' '), { word, summary: last ? summary : `verbs of ${word}` })
    })
    const { verb } = await load()
    const own = Object.entries(verb.options ?? {}).map(([key, spec]): CompletionOption => ({
      name: kebab(key),
      description: spec.description,
      takesValue: spec.kind !== 'flag',
      choices: spec.choices ?? []
    }))
    const yes: CompletionOption = {
      name: 'yes',
      description: 'go ahead without asking',
      takesValue: false,
      choices: []
    }
    options.set(name, [...own, ...(verb.dangerous === true ? [yes] : []), ...COMMON])
    for (const { choices = [] } of Object.values(verb.arguments ?? {})) {
      for (const word of choices) offer(name, { word, summary: '' })
    }
  }
  return { words, options }
}
