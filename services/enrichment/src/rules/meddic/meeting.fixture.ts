import type { SpeakerBlock } from '@leadlog/contracts'
import type { MeetingInput } from '../../meddic/meeting-input.ts'

const START = Date.parse('2026-11-18T16:00:00Z')

/** Speech is about 14 characters a second. */
const CHARACTERS_PER_SECOND = 14
const PAUSE_MS = 1_200

const DANA = 'Dana Whitfield'
const MARCO = 'Marco Ellison'
const JUNE = 'June (Ellison Freight)'

const lines: readonly (readonly [string, string])[] = [
  [DANA, 'Hi Marco, hi June. Thanks for making the time. How is Dallas?'],
  [MARCO, "Hot, as always. Good to see you. June runs our night desk, she'll sit in if that's okay."],
  [JUNE, 'Hello. Yes, I mostly listen today.'],
  [DANA, 'Perfect. Before I show anything, tell me what made you book this call?'],
  [
    MARCO,
    "Honestly, we dispatch everything by spreadsheet, and it's killing us. Two dispatchers open the same file, one overwrites the other, and a truck shows up twice for the same load."
  ],
  [DANA, 'Ouch. How often does that happen?'],
  [
    MARCO,
    'Three or four times a week. Each double booking costs us around 450 dollars, so we lose about 90,000 a year, never mind the angry shippers.'
  ],
  [JUNE, 'And the night shift spends two hours every night just copying rate confirmations from email.'],
  [DANA, "So it's the double bookings and the copying. What would a good result look like?"],
  [MARCO, "If we could cut the double bookings to one a month and get those two hours back, I'd be a happy man."],
  [DANA, 'Understood. Let me share my screen. Can you see the board?'],
  [MARCO, 'Yes.'],
  [
    DANA,
    'So here every load is a card, and as soon as a dispatcher takes it, it locks for everybody else. Rate confirmations are read from the inbox automatically. We rolled this out at three brokers last quarter and they saved about thirty percent of the time.'
  ],
  [JUNE, 'Oh, that is nice. Does it work with McLeod? We are not leaving our TMS.'],
  [DANA, 'It does, over their API. What else has to be there for you?'],
  [
    MARCO,
    'It has to integrate with McLeod, that one is non-negotiable. And the drivers need to be able to use it on a phone, half of them are over sixty.'
  ],
  [DANA, 'Got it. Have you looked at other tools?'],
  [
    MARCO,
    "We had a demo with Turvo last month. Nice, but it replaces the TMS, so no. And my brother-in-law says he can build something in Access, so there's that."
  ],
  [DANA, 'Ha. Okay. Who would have to say yes on your side?'],
  [
    MARCO,
    'Anything over ten grand goes to Priya, our CFO. She holds the purse, and she signs. I can spend below that on my own.'
  ],
  [DANA, 'And how does a purchase like this usually go?'],
  [
    MARCO,
    "We'd run a trial on the night desk first, then Priya wants a one-page business case, then it goes to the partners' meeting in January."
  ],
  [DANA, 'Who would carry that internally?'],
  [JUNE, "I would. I've been asking for something like this for two years, I'll write the business case myself."],
  [DANA, 'Great. What could stop this from happening?'],
  [
    MARCO,
    'Peak season. If we are not live before the spring rush, nobody will have time to learn it. And I worry a little that the older dispatchers just go back to the spreadsheet.'
  ],
  [DANA, "That's fair. So a trial in December, on the night desk only?"],
  [
    MARCO,
    "Yes, exactly. Send us the pricing for twelve seats and the trial access by Friday, and we'll talk again on December first."
  ],
  [DANA, "I'll send both on Thursday. Thanks, Marco. Thanks, June."],
  [MARCO, 'Thanks, Dana. Bye.']
]

function blocksOf(spoken: readonly (readonly [string, string])[]): SpeakerBlock[] {
  let at = START
  return spoken.map(([speaker, words]) => {
    const startMs = at
    const endMs = startMs + Math.round((words.length / CHARACTERS_PER_SECOND) * 1000)
    at = endMs + PAUSE_MS
    return { startMs, endMs, speaker, words }
  })
}

const transcript = blocksOf(lines)
const END = (transcript.at(-1)?.endMs ?? START) + 2_000

/** A demo with a freight broker, in 30 blocks, as people talk: with small talk, a product pitch and asides. */
export const freightMeeting: MeetingInput = {
  customer: {
    email: 'marco.ellison@ellison-freight.example',
    name: 'Marco Ellison',
    firstName: 'Marco',
    lastName: 'Ellison',
    phone: null,
    timezone: 'America/Chicago'
  },
  participants: [
    { name: 'Dana Whitfield', email: 'dana.whitfield@leadlog.example', external: false },
    { name: 'Marco Ellison', email: 'marco.ellison@ellison-freight.example', external: true },
    { name: 'June Park', email: 'june.park@ellison-freight.example', external: true }
  ],
  title: 'Product demo - Ellison Freight',
  startedAt: new Date(START).toISOString(),
  endedAt: new Date(END).toISOString(),
  durationMinutes: Math.round((END - START) / 60_000),
  summary: 'Marco and June described double bookings and manual copying at night. A trial in December was agreed.',
  actionItems: ['Dana to send pricing for twelve seats and trial access', 'Talk again on December 1'],
  keyQuestions: ['Does it work with McLeod?'],
  topics: ['Dispatch process', 'Integration', 'Trial'],
  transcript
}
