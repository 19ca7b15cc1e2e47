import { leadIntelPrompt, meddicPrompt } from '@leadlog/enrichment/what-if'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'

const PROMPTS = { 'lead-intel': leadIntelPrompt, meddic: meddicPrompt } as const

export const verb = defineVerb({
  description: "{{fields}} stands for the properties of the answer, which follow from the release's schema.",
  arguments: { kind: { ...argument('lead-intel or meddic'), choices: Object.keys(PROMPTS) } },
  examples: [['leadlog whatif prompt meddic > prompts/meddic-2.txt', 'a file to begin another prompt with']],
  async run(_context, { kind }) {
    if (kind !== 'lead-intel' && kind !== 'meddic') throw usageError(`There is no prompt for "${kind}"`)
    const prompt = PROMPTS[kind]
    return { value: { kind, ...prompt }, text: () => prompt.text }
  }
})
