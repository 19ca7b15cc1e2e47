import t from 'tap'
import type { MeetingInput } from './meeting-input.ts'
import { speakerSides, type SpeakerSide } from './speaker-side.ts'

const customer = {
  email: 'marco.ellison@ellison-freight.com',
  name: 'Marco Ellison',
  firstName: 'Marco',
  lastName: 'Ellison',
  phone: null,
  timezone: null
}
const participants = [
  { name: 'Dana Whitfield', email: 'dana.whitfield@leadlog.example', external: false },
  { name: 'Marco Ellison', email: customer.email, external: true },
  { name: 'Priya Nair', email: null, external: true }
]

function sides(speakers: string[], changes: Partial<Pick<MeetingInput, 'customer' | 'participants'>> = {}) {
  const transcript = speakers.map((speaker) => ({ startMs: 0, endMs: 1, speaker, words: 'Hello.' }))
  const sideOf = speakerSides({ customer, participants, transcript, ...changes } as unknown as MeetingInput)
  return Object.fromEntries(speakers.map((speaker) => [speaker, sideOf(speaker)])) as Record<string, SpeakerSide>
}

void t.test('names are recognised however they are written', async (t) => {
  t.strictSame(
    sides(['Marco Ellison', 'ELLISON, Marco', 'Marco', 'marco.ellison', 'Marco E.', 'Márco Ellison (Ellison Freight)']),
    {
      'Marco Ellison': 'customer',
      'ELLISON, Marco': 'customer',
      Marco: 'customer',
      'marco.ellison': 'customer',
      'Marco E.': 'customer',
      'Márco Ellison (Ellison Freight)': 'customer'
    }
  )
  t.strictSame(sides(['Dana', 'Priya N', 'Marco', 'iPhone', '']), {
    Dana: 'own',
    'Priya N': 'external',
    Marco: 'customer',
    iPhone: 'unknown',
    '': 'unknown'
  })
})

void t.test('who is left over beside the own people is the customer’s side', async (t) => {
  t.strictSame(sides(['Dana Whitfield', 'iPhone guest']), { 'Dana Whitfield': 'own', 'iPhone guest': 'external' })
  t.strictSame(sides(['Speaker 1', 'Speaker 2']), { 'Speaker 1': 'unknown', 'Speaker 2': 'unknown' })
})

void t.test('a first name that two sides share tells nothing', async (t) => {
  const withNamesake = [...participants, { name: 'Marco Rossi', email: 'marco.rossi@leadlog.example', external: false }]
  t.match(sides(['Marco', 'Marco Rossi', 'Marco Ellison'], { participants: withNamesake }), {
    Marco: 'unknown',
    'Marco Rossi': 'own',
    'Marco Ellison': 'customer'
  })
})

void t.test('a customer without a name is known by the address; an own person may be the customer', async (t) => {
  const nameless = { ...customer, name: null, firstName: null, lastName: null }
  t.match(sides(['Marco Ellison', 'Dana'], { customer: nameless, participants: [] }), {
    'Marco Ellison': 'customer',
    Dana: 'unknown'
  })
  const internal = participants.map((participant) => ({ ...participant, external: false }))
  t.match(sides(['Marco', 'Dana'], { participants: internal }), { Marco: 'customer', Dana: 'own' })
})
