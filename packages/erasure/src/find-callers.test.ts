import { CallAttributed, CallerLinked, SmsAttributed, type RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import t from 'tap'
import { callerLinks, furtherKeysOf } from './find-callers.ts'
import { findPerson } from './find-person.ts'

const keyring = {
  personId: (email: string) => `person ${email}`,
  fingerprint: (purpose: string, value: string) => `${purpose} ${value}`
}

void t.test('somebody is named by address, by id, or by a phone number in any spelling', (t) => {
  t.same(findPerson(keyring, ' Ada@Example.com '), {
    personId: 'person Ada@Example.com',
    email: 'ada@example.com',
    number: null
  })
  const byNumber = { personId: 'caller +14155550142', email: null, number: '+14155550142' }
  t.same(findPerson(keyring, '+1 (415) 555-0142'), byNumber)
  t.same(findPerson(keyring, '+14155550142'), byNumber)
  t.same(findPerson(keyring, '4155550142'), { personId: '4155550142', email: null, number: null })
  t.end()
})

void t.test('what came to a lead later is known of calls and of text messages', async (t) => {
  const events = [
    { type: CallerLinked.type, data: { callerId: 'office', leadId: 'ada', personId: 'ada' } },
    { type: CallerLinked.type, data: { callerId: 'mobile', leadId: 'ada', personId: 'ada' } },
    { type: CallAttributed.type, data: { callId: 'c1', personId: 'office', leadId: 'ada' } },
    { type: SmsAttributed.type, data: { messageId: 'm1', personId: 'mobile', leadId: 'bob' } },
    { type: SmsAttributed.type, data: { messageId: 'm1', personId: 'mobile', leadId: 'ada' } }
  ] as unknown as RecordedEvent[]
  const log = {
    lastSequence: async () => events.length,
    async *batches() {
      yield { events, throughSequence: events.length, caughtUp: true }
    }
  } as unknown as EventLog
  const links = await callerLinks(log, new AbortController().signal)
  t.strictSame(
    [...links.attributed],
    [
      ['c1', events[2]?.data],
      ['m1', events[4]?.data]
    ]
  )
  t.strictSame(furtherKeysOf(links, 'ada'), ['office', 'mobile'])
})

void t.test(
  'the keys of numbers that are the lead’s alone go with the lead, and those of calls that came to them',
  (t) => {
    const links = {
      leads: new Map([
        ['own', new Set(['ada'])],
        ['office', new Set(['ada', 'bob'])],
        ['bobs', new Set(['bob'])],
        ['given up', new Set<string>()]
      ]),
      attributed: new Map([
        ['c1', { personId: 'office', leadId: 'ada' }],
        ['c2', { personId: 'given up', leadId: null }],
        ['c3', { personId: 'bobs', leadId: 'bob' }],
        ['c4', { personId: 'ada', leadId: 'ada' }],
        ['c5', { personId: 'ada', leadId: 'bob' }]
      ])
    }
    t.same(furtherKeysOf(links, 'ada'), ['own', 'office'])
    t.same(furtherKeysOf(links, 'bob'), ['bobs'])
    t.same(furtherKeysOf(links, 'eve'), [])
    t.end()
  }
)
