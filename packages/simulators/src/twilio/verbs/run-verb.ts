import type { CallRun, Next } from '../call-run.ts'
import type { TwimlElement } from '../twiml-document.ts'
import { dial } from './dial.ts'
import { enqueue } from './enqueue.ts'
import { gather } from './gather.ts'
import { record } from './record.ts'
import { sms } from './sms.ts'

/** Does what one verb says. */
export const runVerb = async (run: CallRun, verb: TwimlElement, url: string): Promise<Next> => {
  switch (verb.name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      await run.sound(verb)
      return 'next'
    case 'Gather':
      return gather(run, verb, url)
    case 'Record':
      return record(run, verb, url)
    case 'Dial':
      return dial(run, verb, url)
    case 'Enqueue':
      return enqueue(run, verb, url)
    case 'Redirect':
      return run.ask(new URL(verb.text, url).href, {}, { method: verb.attributes.method === 'GET' ? 'GET' : 'POST' })
    case 'Reject':
      run.call.status = verb.attributes.reason === 'busy' ? 'busy' : 'no-answer'
      run.endedBy = 'rejected'
      return 'over'
    case 'Sms':
      return sms(run, verb, url)
    default:
      run.call.heard.push(verb.name.toLowerCase())
      return 'over'
  }
}
