import { defineVerb } from '../../declaration/verb.ts'
import { formatTable } from '../../output/table.ts'
import { flagsOf } from '../../system/flags.ts'

export const verb = defineVerb({
  description: [
    'A flag is a variable of a service; it takes effect when the service starts. What a switched-off handler would do waits',
    'in its stream. What is switched while everything runs, `leadlog status` tells. The values shown are those of the local system, or of the variables set here.'
  ].join('\n'),
  examples: [['leadlog flags list', 'every ENABLE_… variable, what it switches, and whether it is on']],
  async run({ target, out }) {
    const flags = flagsOf(target.environment)
    return {
      value: { flags },
      text: () =>
        formatTable(
          flags,
          [
            { title: 'flag', value: ({ name }) => name },
            { title: 'is', value: ({ value }) => (value ? out.style.good('on') : out.style.warn('off')) },
            { title: '', value: ({ set }) => (set ? 'set' : out.style.dim('default')) },
            { title: 'service', value: ({ service }) => service },
            { title: 'switches', value: ({ switches }) => switches }
          ],
          out.style
        )
    }
  }
})
