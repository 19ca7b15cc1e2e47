import { closest } from 'fastest-levenshtein'
import { moment } from '../declaration/moment.ts'
import { flag, number, text } from '../declaration/option.ts'
import { defineVerb } from '../declaration/verb.ts'
import { notFound, refused, usageError } from '../errors.ts'
import { createEventFinder } from '../events/event-finder.ts'
import { planReplay } from '../replay/plan-replay.ts'
import { replayText } from '../replay/replay-text.ts'
import { declaredHandlers, type DeclaredHandler } from '../system/manifests.ts'

export const verb = defineVerb({
  description: [
    'Shows, for one handler and a range of its stream, which messages it would get again and which of their effects the log holds:',
    'ids are derived from the cause, so these are found and never repeated. Without --run nothing is done, only read.'
  ].join('\n'),
  options: {
    handler: text('the handler: meetings-translate-calendly', { placeholder: '<service-handler>' }),
    from: moment('first message'),
    to: moment('last message, the newest where it is left out'),
    limit: number('look at so many messages', { min: 1, max: 100_000, default: 1_000 }),
    show: number('list so many of them', { min: 0, max: 10_000, default: 30 }),
    run: flag('do it')
  },
  dangerous: true,
  examples: [
    ['leadlog replay --handler crm-follow-meetings --from 1d', 'what handling yesterday again would do'],
    ['leadlog replay --handler meetings-translate-calendly --from 1 --to 50 --json', 'by sequence, for programs']
  ],
  exitCodes: { 3: 'there is no such handler', 4: 'it cannot be run from here' },
  async run(context, { handler: name, from, to, limit, show, run }) {
    if (name === undefined) throw usageError(`Say which --handler: ${declaredHandlers.map(nameOf).join(', ')}`)
    if (from === undefined) throw usageError('Say --from which message or time. See: leadlog replay --help')
    const handler = chooseHandler(name)
    if (run) {
      throw refused(
        'CLI_REPLAY_NOT_POSSIBLE',
        'Only the service itself can handle a message again, and it cannot be asked to yet; nothing was done. Leave --run away to see what it would do'
      )
    }
    const finder = await createEventFinder(context)
    const log = await context.connect.sealedLog()
    const plan = await planReplay({ log, finder, handler, from, to, limit, signal: context.signal })
    return { value: plan, text: () => replayText(plan, show, context.out.style) }
  }
})

function nameOf({ service, handler }: DeclaredHandler): string {
  return `${service}-${handler}`
}

function chooseHandler(given: string): DeclaredHandler {
  const wanted = given.replace('/', '-')
  const found = declaredHandlers.find((handler) => nameOf(handler) === wanted)
  if (found) return found
  throw notFound(`There is no handler "${given}"; perhaps you meant ${closest(wanted, declaredHandlers.map(nameOf))}`)
}
