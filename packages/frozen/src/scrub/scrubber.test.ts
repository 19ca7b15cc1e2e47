import { t } from 'tap'
import { findLeftovers } from './leftovers.ts'
import { findPersonalValues } from './personal-values.ts'
import { createPseudonyms } from './pseudonyms.ts'
import { createScrubber } from './scrubber.ts'

const key = Buffer.alloc(32, 7)

const booking = {
  email: 'ada.lovelace@engine-works.example',
  name: 'Ada Lovelace',
  text_reminder_number: '+44 20 7946 0958',
  company: 'Engine-Works Ltd',
  answers: [
    'Call me on +44 (20) 7946-0958, or write to ADA.LOVELACE@engine-works.example.',
    "We at Engine-Works will see; that is Ada's own will."
  ],
  join_url: 'https://zoom.example/j/85321993244?pwd=abc123def',
  platformMeetingId: '85321993244'
}

function scrubbed(value: unknown) {
  const personal = findPersonalValues([value], ['leadlog.example'])
  const scrubber = createScrubber(personal, createPseudonyms(key, personal.words), new Map())
  return { personal, made: scrubber.value(value) as typeof booking }
}

void t.test('a person is the same made-up person everywhere, as long as before', async (t) => {
  const { personal, made } = scrubbed(booking)
  const [first = '', last = ''] = made.name.split(' ')
  t.equal(made.name.length, booking.name.length)
  t.match(made.name, /^[A-Z][a-z]{2} [A-Z][a-z]{7}$/)
  t.ok(made.email.startsWith(`${first}.${last}@`.toLowerCase()), 'the address is that of the name')
  t.match(made.answers[0], made.email.toUpperCase().split('@')[0], 'in capitals where it was')
  t.match(made.answers[1], `${first}'s own will`)
  const domain = made.email.split('@')[1]?.split('.')[0] ?? ''
  t.equal(made.company.toLowerCase(), `${domain} ltd`, 'the company still has its domain')
  t.same(findLeftovers(JSON.stringify(made), personal), [])
})

void t.test('numbers and links keep their form', async (t) => {
  const { made } = scrubbed(booking)
  t.match(made.text_reminder_number, /^\+44 \d\d \d{4} \d{4}$/)
  const digits = made.text_reminder_number.replace(/\D/g, '')
  t.equal(made.answers[0]?.replace(/\D/g, ''), digits, 'however it is written')
  t.ok(made.join_url.includes(made.platformMeetingId) && made.platformMeetingId !== booking.platformMeetingId)
})

void t.test('what is a word as well stays one in a sentence', async (t) => {
  const { made, personal } = scrubbed({
    ...booking,
    name: 'Will Grace',
    email: 'will@gmail.com',
    answers: ['We will see. Will said so.']
  })
  const [first] = made.name.split(' ')
  t.equal(made.answers[0], `We will see. ${first ?? ''} said so.`)
  t.match(made.email, /@gmail\.com$/, 'a free-mail domain is nobody')
  t.same(findLeftovers(JSON.stringify(made), personal), [])
})

void t.test('whatever is left is found, also as a part or with other signs between', async (t) => {
  const { personal, made } = scrubbed(booking)
  const text = JSON.stringify(made)
  for (const left of ['Lovelace', 'ada', 'ADA.lovelace@engine-works.example', '0044-20.7946/0958', '85321993244']) {
    t.not(findLeftovers(`${text} ${left}`, personal).length, 0, left)
  }
})

void t.test('another key makes other persons; nobody gets the name of another original', async (t) => {
  const words = new Set(['ada', 'bob', 'eve', 'kim', 'lee'])
  const one = createPseudonyms(key, words)
  const made = [...words].map((word) => one.word(word))
  t.equal(new Set(made).size, words.size)
  t.notOk(made.some((word) => words.has(word)))
  t.not(createPseudonyms(Buffer.alloc(32, 8), words).word('lovelace'), one.word('lovelace'))
})

void t.test('a word of noughts has a stand-in too', async (t) => {
  const pseudonyms = createPseudonyms(key, new Set(['00']))
  t.match(pseudonyms.word('00'), /^\d\d$/)
  t.not(pseudonyms.word('00'), '00')
  t.match(pseudonyms.word('1000'), /^[1-9]\d{3}$/, 'a number stays as long')
})
