import type { SimulatorClock } from '../clock.ts'
import type { JsonObject } from '../json.ts'
import type { StateLog } from '../state-log.ts'
import { createSidStore } from './sid-store.ts'
import type { SidStore } from './sid-store.ts'
import { sidOf } from './sids.ts'
import { isOver } from './twilio-resources.ts'
import type { SimulatedCall, SimulatedConference, SimulatedMessage, SimulatedRecording } from './twilio-resources.ts'

/** What one account holds. */
export interface TwilioStore {
  calls: SidStore<SimulatedCall>
  messages: SidStore<SimulatedMessage>
  conferences: SidStore<SimulatedConference>
  recordings: SidStore<SimulatedRecording>
  /** Who wrote STOP to which of the numbers. */
  optOuts: { has(phone: string, ours: string): boolean; set(phone: string, ours: string, out: boolean): void }
  nextSid(prefix: string): string
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

const KEPT = 20_000
const OPT_OUT = 'twilio.opt-out'

/** A call of an earlier run of the simulators went with it. */
const wakeUpCall = (call: SimulatedCall): void => {
  if (isOver(call)) return
  call.status = 'failed'
  call.endedAt ??= call.updatedAt
  call.seconds ??= 0
}

export const createTwilioStore = (log: StateLog, clock: SimulatorClock, seed: string): TwilioStore => {
  const calls = createSidStore<SimulatedCall>(log, { kind: 'twilio.resource.call', most: KEPT, wakeUp: wakeUpCall })
  const messages = createSidStore<SimulatedMessage>(log, { kind: 'twilio.resource.message', most: KEPT })
  const conferences = createSidStore<SimulatedConference>(log, {
    kind: 'twilio.resource.conference',
    most: KEPT,
    wakeUp: (conference) => {
      conference.status = 'completed'
      conference.participants = []
    }
  })
  const recordings = createSidStore<SimulatedRecording>(log, { kind: 'twilio.resource.recording', most: KEPT })
  const stores = [calls, messages, conferences, recordings]
  const outs = new Set<string>()
  let made = 0
  const keep = (phone: string, ours: string, out: boolean): void => {
    if (out) outs.add(`${phone} ${ours}`)
    else outs.delete(`${phone} ${ours}`)
  }
  return {
    calls,
    messages,
    conferences,
    recordings,
    optOuts: {
      has: (phone, ours) => outs.has(`${phone} ${ours}`),
      set: (phone, ours, out) => {
        keep(phone, ours, out)
        log.append({ kind: OPT_OUT, value: { phone, ours, out } })
      }
    },
    nextSid: (prefix) => {
      made += 1
      return sidOf(prefix, seed, made, clock.now().getTime())
    },
    restore: (kind, value) => {
      for (const store of stores) store.restore(kind, value)
      const { phone, ours, out } = value
      if (kind === OPT_OUT && typeof phone === 'string' && typeof ours === 'string') keep(phone, ours, out === true)
    },
    remembered: () => [
      ...stores.flatMap((store) => store.remembered()),
      ...[...outs].map((pair) => {
        const [phone = '', ours = ''] = pair.split(' ')
        return { kind: OPT_OUT, value: { phone, ours, out: true } }
      })
    ],
    clear: () => {
      for (const store of stores) store.clear()
      outs.clear()
    }
  }
}
