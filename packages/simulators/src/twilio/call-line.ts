import type { SimulatorClock } from '../clock.ts'
import type { CallRun } from './call-run.ts'
import type { CallerAct, Phone } from './call-script.ts'
import type { CallbackSender } from './callback-sender.ts'
import type { ConferenceRooms } from './conference-rooms.ts'
import type { LineTime } from './line-time.ts'
import type { MessageLine } from './message-line.ts'
import type { RecordingDesk } from './recording-desk.ts'
import type { TwilioStore } from './twilio-store.ts'

/** What calls need of the account that they are made in. */
export interface CallLine {
  accountSid: string
  authToken: string
  clock: SimulatorClock
  time: LineTime
  store: TwilioStore
  callbacks: CallbackSender
  recordings: RecordingDesk
  conferences: ConferenceRooms
  messages: MessageLine
  phone: (number: string) => Phone | undefined
  /** Lets a telephone ring, until it is answered, is not, or the signal ends it. */
  ring(leg: CallRun, signal: AbortSignal): Promise<Answered>
  /** A leg that was put through can be broken into as any call. The result takes that back. */
  bridge(leg: CallRun): () => void
  /** A leg that was broken into goes on by itself, without whom it talked to. */
  goOn(leg: CallRun): void
}

/** Whether a telephone was answered, and by whom. */
export interface Answered {
  status: 'in-progress' | 'busy' | 'no-answer' | 'failed' | 'canceled'
  by: 'human' | 'machine'
  acts: readonly CallerAct[]
  talk: readonly { who: 'caller' | 'agent'; text: string }[]
  /** How long they stay when they are put through to somebody. */
  talkSeconds: number
}
