import { flag, list } from '../../declaration/option.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { openStore } from '../../whatif/open-store.ts'
import { recordText, runText } from '../../whatif/show-run.ts'

export const verb = defineVerb({
  arguments: { run: argument('id of the what-if, or its beginning') },
  options: {
    lead: list('these leads only: e-mail addresses or ids', { placeholder: '<lead>' }),
    field: list('only records in which one of these CRM fields would be different', { placeholder: '<field>' }),
    all: flag('also records in which nothing would be different')
  },
  examples: [
    ['leadlog whatif show 3f2a', 'record by record: is, would be, evidence'],
    ['leadlog whatif show 3f2a --field Budget --json', 'one field, for a program']
  ],
  async run(context, args) {
    const store = await openStore(context)
    const run = await store.run(args.run)
    const fields = new Set(args.field)
    const wanted = new Set(args.lead.map((lead) => lead.toLowerCase()))
    const records = (await store.records(run.id)).filter(
      ({ leadId, email, differences, problems }) =>
        (args.all || differences.length > 0 || problems.length > 0) &&
        (fields.size === 0 || differences.some(({ field }) => fields.has(field))) &&
        (wanted.size === 0 || wanted.has(leadId) || wanted.has((email ?? '').toLowerCase()))
    )
    const { style } = context.out
    return {
      value: { run, records },
      text: () => [runText(run, style), ...records.map((record) => recordText(record, style))].join('\n\n')
    }
  }
})
