import { randomUUID } from 'node:crypto'
import { replayMessages } from '@leadlog/operations'
import { closest, distance } from 'fastest-levenshtein'
import type { Context } from '../context.ts'
import { moment } from '../declaration/moment.ts'
import { flag, list, number, text } from '../declaration/option.ts'
import { defineVerb, type Answer } from '../declaration/verb.ts'
import { notFound, usageError } from '../errors.ts'
import { createEventFinder } from '../events/event-finder.ts'
import { exitCodes } from '../exit-codes.ts'
import { OPERATOR } from '../operator.ts'
import { counted } from '../output/quantity.ts'
import { planReplay, type ReplayPlan } from '../replay/plan-replay.ts'
import { replayReportText, replayText } from '../replay/replay-text.ts'
import { declaredHandlers, type DeclaredHandler } from '../system/manifests.ts'

export const verb = defineVerb({
  description: [
    'Shows, for one handler and a range of its stream, which messages it would get again and which of their effects the log holds:',
    'ids are derived from the cause, so these are found and never repeated. Without --run nothing is done, only read.',
    'With --run it asks first; then the service gives its handler one message after another. What the log and the effect ledger hold is',
    'not done again, unless --repeat-effects names it. Messages that the handler gave up on are left to: leadlog dead-letters retry.'
  ].join('\n'),
  options: {
    handler: text('the handler: meetings-translate-calendly', { placeholder: '<service-handler>' }),
    from: moment('first message'),
    to: moment('last message, the newest where it is left out'),
    limit: number('look at so many messages', { min: 1, max: 100_000, default: 1_000 }),
    show: number('list so many of them', { min: 0, max: 10_000, default: 30 }),
    run: flag('do it, after a yes'),
    repeatEffects: list('make this effect on the outside once more', { placeholder: '<effect>' }),
    rate: number('messages a second', { min: 1, max: 1_000, default: 10 }),
    wait: number('seconds that the service may take for one', { min: 1, max: 86_400, default: 180 })
  },
  dangerous: true,
  examples: [
    ['leadlog replay --handler crm-follow-meetings --from 1d', 'what handling yesterday again would do'],
    ['leadlog replay --handler meetings-translate-calendly --from 1 --to 50 --json', 'by sequence, for programs'],
    ['leadlog replay --handler crm-follow-meetings --from 2h --run', 'do it'],
    [
      'leadlog replay --handler crm-sync-write-records --from 2h --run --repeat-effects crm-record',
      'write the records of two hours to the CRM once more, as after it was set back'
    ]
  ],
  exitCodes: {
    1: 'a message failed, or the service has not answered',
    3: 'there is no such handler',
    4: 'it was not confirmed'
  },
  async run(context, { handler: name, from, to, limit, show, run, repeatEffects, rate, wait }) {
    if (name === undefined) throw usageError(`Say which --handler: ${declaredHandlers.map(nameOf).join(', ')}`)
    if (from === undefined) throw usageError('Say --from which message or time. See: leadlog replay --help')
    const handler = chooseHandler(name)
    for (const effect of repeatEffects) checkRepeatable(handler, effect)
    const finder = await createEventFinder(context)
    const log = await (run ? context.connect.writingLog() : context.connect.sealedLog())
    const plan = await planReplay({ log, finder, handler, from, to, limit, repeatEffects, signal: context.signal })
    if (!run) return { value: plan, text: () => replayText(plan, show, context.out.style) }
    return runReplay(context, plan, { handler, shown: show, perSecond: rate, timeoutMs: wait * 1_000 })
  }
})

async function runReplay(
  context: Context,
  plan: ReplayPlan,
  options: { handler: DeclaredHandler; shown: number; perSecond: number; timeoutMs: number }
): Promise<Answer> {
  const { handler, shown, perSecond, timeoutMs } = options
  const sequences = plan.messages.filter(({ deadLettered }) => !deadLettered).map(({ sequence }) => sequence)
  if (sequences.length === 0) throw notFound('There is no message in that range to give to the handler again')
  // What would be done is seen before the question.
  context.out.note(`${replayText(plan, shown, context.out.noteStyle)}\n`)
  await context.confirm(questionOf(plan, sequences.length))
  const progress = context.progress('messages')
  const report = await replayMessages(await context.connect.writingLog(), {
    service: handler.service,
    handler: handler.handler,
    stream: plan.stream,
    sequences,
    repeatEffects: plan.repeatEffects,
    runId: randomUUID().slice(0, 8),
    actor: OPERATOR,
    perSecond,
    timeoutMs,
    signal: context.signal,
    onProgress: (state) => progress.update({ ...state, label: plan.handler })
  }).finally(() => progress.stop())
  return {
    value: { ...plan, messages: undefined, run: report },
    text: () => replayReportText(plan, report, context.out.style),
    exitCode:
      report.stopped === null
        ? exitCodes.ok
        : report.stopped.because === 'aborted'
          ? exitCodes.interrupted
          : exitCodes.failed
  }
}

function questionOf({ handler, repeatEffects }: ReplayPlan, messages: number): string {
  const effects =
    repeatEffects.length === 0
      ? 'with no effect repeated'
      : `with ${repeatEffects.join(', ')} made ONCE MORE for each of them`
  return `Give ${counted(messages, 'message')} to ${handler} again, ${effects}?`
}

function checkRepeatable({ repeatable, ...handler }: DeclaredHandler, effect: string): void {
  if (repeatable.includes(effect)) return
  throw usageError(
    repeatable.length === 0
      ? `--repeat-effects: ${nameOf({ repeatable, ...handler })} has no effect that can be repeated`
      : `--repeat-effects: ${nameOf({ repeatable, ...handler })} can repeat ${repeatable.join(', ')}, not "${effect}"`
  )
}

function nameOf({ service, handler }: DeclaredHandler): string {
  return `${service}-${handler}`
}

function chooseHandler(given: string): DeclaredHandler {
  const wanted = given.replace('/', '-')
  const found = declaredHandlers.find((handler) => nameOf(handler) === wanted)
  if (found) return found
  const names = declaredHandlers.map(nameOf)
  const near = closest(wanted, names)
  throw notFound(
    distance(wanted, near) <= wanted.length / 2
      ? `There is no handler "${given}"; perhaps you meant ${near}`
      : `There is no handler "${given}"; there are ${names.join(', ')}`
  )
}
