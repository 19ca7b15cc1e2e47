import { defineVerb, manyOrNone } from '../declaration/verb.ts'
import { verbHelp } from '../declaration/verb-help.ts'
import { exitCodeMeanings } from '../exit-codes.ts'
import { findVerb } from '../find-verb.ts'
import { exitCodeTable, groupHelp, overview } from '../overview.ts'
import { verbs } from '../verbs.ts'

export const verb = defineVerb({
  arguments: { topic: manyOrNone('a verb, or exit-codes') },
  examples: [
    ['leadlog help', 'every verb with a line about it'],
    ['leadlog help projections rebuild', 'the help of one verb'],
    ['leadlog help exit-codes', 'what the exit codes mean']
  ],
  async run({ out }, { topic }) {
    const listed = (entries: typeof verbs) => entries.map(({ name, summary }) => ({ name, summary }))
    if (topic.length === 0) return { value: { verbs: listed(verbs) }, text: () => overview(verbs, out.style) }
    if (topic[0] === 'exit-codes') return { value: exitCodeMeanings, text: () => exitCodeTable(out.style) }
    const found = findVerb(verbs, topic)
    if (found.kind === 'group') {
      return { value: { verbs: listed(found.entries) }, text: () => groupHelp(found.name, found.entries, out.style) }
    }
    const { verb } = await found.entry.load()
    const { description, arguments: args, options, examples, exitCodes } = verb
    return {
      value: {
        name: found.entry.name,
        summary: found.entry.summary,
        description,
        arguments: args,
        options,
        examples,
        exitCodes
      },
      text: () => verbHelp(found.entry, verb, out.style)
    }
  }
})
