import { argument, defineVerb } from '../../declaration/verb.ts'
import { openStore } from '../../whatif/open-store.ts'
import { shortId } from '../../whatif/show-run.ts'

export const verb = defineVerb({
  description: "The model's answers are kept for later runs; what was put into force stays in force.",
  arguments: { run: argument('id of the what-if, or its beginning') },
  dangerous: true,
  examples: [['leadlog whatif remove 3f2a --yes', 'forgets what was found']],
  async run(context, args) {
    const store = await openStore(context)
    const run = await store.run(args.run)
    await context.confirm(`Forget what-if ${shortId(run)} with all that it found?`)
    const removed = await store.remove(run.id)
    return { value: { id: run.id, removed }, text: () => `What-if ${shortId(run)} is forgotten` }
  }
})
