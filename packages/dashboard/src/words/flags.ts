import { counted } from './format.ts'
import { sentence } from './names.ts'
import { actorWord, type Names } from './people.ts'

/** How a flag stands, as `/v1/flags` and the overview tell it. */
export interface Flag {
  readonly flag: string
  readonly off: string
  readonly on: boolean
  readonly since: string | null
  readonly by: string | null
  readonly reason: string | null
  readonly concerned: number
}

interface FlagWords {
  readonly name: string
  /** What goes on while it is on. */
  readonly on: string
  /** What becomes of it while it is off. */
  readonly off: string
  readonly concerned: (count: number) => string
}

const WORDS: Readonly<Record<string, FlagWords>> = {
  'crm-writes': {
    name: 'Writing to the CRM',
    on: 'Records, notes, tasks and deletions go to the CRM as they come.',
    off: 'Nothing is written to the CRM or deleted there. What is to be written waits in order and is written when it is on again.',
    concerned: (count) =>
      count === 0
        ? 'Nothing waits yet.'
        : `${counted(count, 'write')} ${count === 1 ? 'waits' : 'wait'} because it is off.`
  },
  'language-model': {
    name: 'Language model',
    on: 'Bookings and transcripts are read by the language model, where one is set up.',
    off: 'Bookings and transcripts are read by rules. The language model is not called and costs nothing.',
    concerned: (count) =>
      count === 0 ? 'Nothing was read without it yet.' : `${counted(count, 'reading')} by rules instead.`
  },
  transcription: {
    name: 'Transcription of calls',
    on: 'Recordings of calls are written down, where a model is set up.',
    off: 'Recordings of calls are not written down. Those that come meanwhile wait, and are written down when it is on again.',
    concerned: (count) =>
      count === 0
        ? 'Nothing waits yet.'
        : `${counted(count, 'recording')} ${count === 1 ? 'waits' : 'wait'} because it is off.`
  }
}

/** What a flag switches. One that this version of the dashboard does not know is still shown, in the gateway's words. */
export function flagWords({ flag, off }: Pick<Flag, 'flag' | 'off'>): FlagWords {
  return (
    WORDS[flag] ?? {
      name: sentence(flag),
      on: 'It is on.',
      off: `While it is off: ${off}.`,
      concerned: (count) => (count === 0 ? '' : `It concerned ${String(count)} so far.`)
    }
  )
}

/** Who switched it, within a sentence. Only admins know people by their names, and only they switch. */
export function switcherWord(by: string, names: Names | null): string {
  if (by.startsWith('user:')) return names === null ? 'an admin' : actorWord(by, names)
  const word = actorWord(by, new Map())
  return word.charAt(0).toLowerCase() + word.slice(1)
}
