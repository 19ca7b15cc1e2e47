import type { CallRun, Next } from '../call-run.ts'
import { sidOf } from '../sids.ts'
import type { TwimlElement } from '../twiml-document.ts'

/** Lets the caller wait in a queue, with what the wait address says meanwhile. */
export const enqueue = async (run: CallRun, verb: TwimlElement, url: string): Promise<Next> => {
  const { action, waitUrl } = verb.attributes
  run.call.heard.push(`queue: ${verb.text}`)
  const act = run.acts.shift()
  const queue = { QueueSid: sidOf('QU', verb.text) }
  const patience = act?.do === 'wait' ? act.seconds : act?.do === 'hang-up' ? 0 : Number.POSITIVE_INFINITY
  const gone = act?.do === 'hang-up' || (act?.do === 'wait' && act.then === 'hang-up')
  const began = run.seconds
  let result = gone ? 'hangup' : 'bridged'
  while (waitUrl !== undefined && run.seconds - began < patience) {
    const before = run.seconds
    const waited = Math.floor(run.seconds - began)
    const next = await run.ask(
      new URL(waitUrl, url).href,
      { ...queue, QueuePosition: '1', QueueTime: String(waited), AvgQueueTime: '0', CurrentQueueSize: '1' },
      { waiting: true }
    )
    if (typeof next !== 'object') return next
    for (const sound of next.document.children) if (sound.name !== 'Leave') await run.sound(sound)
    if (next.document.children.some(({ name }) => name === 'Leave')) {
      result = 'leave'
      break
    }
    // A wait document without anything in it comes again at once; the queue's own music takes its time.
    if (run.seconds === before) await run.pass(1)
  }
  if (gone && result === 'hangup') run.leaveNow()
  const QueueTime = String(Math.floor(run.seconds - began))
  if (action === undefined) return gone ? 'over' : 'next'
  const next = await run.ask(new URL(action, url).href, { ...queue, QueueResult: result, QueueTime })
  return gone && result === 'hangup' ? 'over' : next
}
