import {
  ContactReleased,
  ContactSuppressed,
  SmsHeld,
  SmsNotSent,
  SmsReceived,
  SmsRequested,
  smsStatuses,
  SmsThreadOpened,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { checkContact } from '../suppression/check-contact.ts'
import { openWays, suppressionOf, suppressionRef } from '../suppression/suppression.ts'
import { judge, noteNotSent, noteSent, reportSms, takeSid } from './decide-message.ts'
import { messageOf, messageRef, type Message } from './message.ts'
import { answersItself, optWordOf } from './opt-words.ts'
import { receiveSms, type Sender } from './receive-sms.ts'
import { requestSms, type SmsOrder } from './request-sms.ts'
import { segmentsOf } from './segments.ts'
import { createSmsQueue } from './sms-queue.ts'
import { missingVariable, templateProblem } from './template.ts'
import { threadIdOf } from './thread.ts'

const OURS = '+16465550100'
const MARCO = '+14155550142'
const NOON = new Date('2026-11-18T20:00:00Z')
const order: SmsOrder = {
  messageId: 'm1',
  callerId: 'c1',
  personId: 'p1',
  leadId: 'l1',
  from: OURS,
  to: MARCO,
  text: 'See you on Thursday',
  purpose: 'service',
  sendAt: null,
  template: null,
  inReplyTo: null,
  requestedAt: NOON.toISOString()
}

let sequence = 0
function recorded(events: readonly NewEvent[]): RecordedEvent[] {
  return events.map(({ definition, data }) => {
    sequence += 1
    return { type: definition.type, data, id: `e${sequence}`, sequence } as unknown as RecordedEvent
  })
}

function typesOf(events: readonly NewEvent[]): string[] {
  return events.map(({ definition }) => definition.type)
}

const zones = { timeZones: ['America/Los_Angeles'], from: 'number' as const }
const quietHours = { from: '21:00', until: '08:00' }

function look(now: Date, suppression = openWays('c1'), purpose: SmsOrder['purpose'] = 'service') {
  return checkContact({ suppression, channel: 'sms', purpose, now, zones, quietHours })
}

const waiting = messageOf(recorded(requestSms([], order)))

void t.test('a message is asked for once, and opens its thread', async (t) => {
  const first = requestSms([], order)
  t.strictSame(typesOf(first), [SmsThreadOpened.type, SmsRequested.type])
  const opened = recorded(first)
  t.strictSame(typesOf(requestSms(opened, { ...order, messageId: 'm2' })), [SmsRequested.type])
  t.match(first[1]?.data, { encoding: 'GSM-7', segments: 1, expiresAt: '2026-11-21T20:00:00.000Z' })
  t.match(requestSms([], { ...order, purpose: 'answer' })[1]?.data, { expiresAt: '2026-11-18T21:00:00.000Z' })
})

void t.test('before it goes: allowed with the proof, held at night, ended by STOP, expired', async (t) => {
  const [dispatched] = judge(waiting, look(NOON), NOON)
  t.match(dispatched?.data, {
    attempt: 1,
    check: { result: 'allowed', suppressionId: 'c1', checkedAt: NOON.toISOString() }
  })
  const night = new Date('2026-11-19T06:00:00Z')
  const [held] = judge(waiting, look(night), night)
  t.match(held, { definition: SmsHeld, data: { until: '2026-11-19T16:00:00.000Z', check: { result: 'quiet' } } })
  const again = messageOf([...recorded(requestSms([], order)), ...recorded(judge(waiting, look(night), night))])
  t.strictSame(judge(again, look(night), night), [], 'held for the same morning once')
  const stopped = {
    ...openWays('c1'),
    facts: [{ channel: 'sms' as const, reason: 'opted-out' as const, factId: 'f1', at: '' }]
  }
  t.match(judge(waiting, look(NOON, stopped), NOON), [
    { definition: SmsNotSent, data: { reason: 'suppressed', check: { factId: 'f1', reason: 'opted-out' } } }
  ])
  const late = new Date('2026-11-22T20:00:00Z')
  t.match(judge(waiting, look(late), late), [{ data: { reason: 'expired' } }])
})

void t.test('what is settled stays so', async (t) => {
  const taken = { messageSid: 'SM1', status: 'queued' as const, segments: 1 }
  const sent = messageOf([...recorded(requestSms([], order)), ...recorded(noteSent(waiting, taken, NOON))])
  t.match(sent.sent, { messageSid: 'SM1', leadId: 'l1' })
  const why = { reason: 'canceled' as const, code: null, detail: '', check: null }
  for (const after of [judge(sent, look(NOON), NOON), noteSent(sent, taken, NOON), noteNotSent(sent, why, NOON)]) {
    t.strictSame(after, [])
  }
  t.strictSame(
    reportSms(messageOf([]), { messageSid: 'SM9', status: 'sent', errorCode: null, reportedAt: '' }),
    [],
    'not ours'
  )
})

void t.test('a message at Twilio is one of ours at most', async (t) => {
  t.match(takeSid(null, 'SM1', 'm1', NOON), { mine: true, events: [{ data: { messageId: 'm1' } }] })
  t.match(takeSid('m1', 'SM1', 'm1', NOON), { mine: true, events: [] })
  t.match(takeSid('m1', 'SM1', 'm2', NOON), { mine: false, events: [] })
})

void t.test('any order of reports, repeated or not, ends alike', async (t) => {
  const some = fc.array(
    fc.record({
      messageSid: fc.constant('SM1'),
      status: fc.constantFrom(...smsStatuses),
      errorCode: fc.constantFrom(null, '30003', '30007'),
      reportedAt: fc.integer({ min: 0, max: 5 }).map((second) => new Date(NOON.getTime() + second * 1000).toISOString())
    }),
    { minLength: 1, maxLength: 8 }
  )
  const after = (reports: readonly Parameters<typeof reportSms>[1][]): Message['report'] =>
    messageOf([
      ...recorded(requestSms([], order)),
      ...reports.flatMap((report) => recorded(reportSms(waiting, report)))
    ]).report
  fc.assert(
    fc.property(
      some.chain((reports) =>
        fc.tuple(fc.constant(reports), fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }))
      ),
      ([reports, shuffled]) => {
        t.strictSame(after(shuffled), after(reports))
      }
    )
  )
  t.match(after([{ messageSid: 'SM1', status: 'delivered', errorCode: null, reportedAt: '' }]), { status: 'delivered' })
})

void t.test("Twilio's words, as the whole message only", async (t) => {
  for (const word of ['STOP', ' stop ', 'StopAll', 'unsubscribe', 'CANCEL', 'end', 'quit', 'Revoke', 'OPTOUT']) {
    t.equal(optWordOf(word, OURS), 'stop', word)
  }
  for (const word of ['START', 'yes', 'Unstop']) t.equal(optWordOf(word, OURS), 'start', word)
  for (const word of ['help', 'INFO']) t.equal(optWordOf(word, OURS), 'help', word)
  for (const text of ['please stop', 'stop please', 'opt out', '', 'Yes, on Thursday'])
    t.equal(optWordOf(text, OURS), null)
  t.equal(optWordOf('YES', '+18885550100'), null, 'toll-free numbers do not know it')
  t.equal(optWordOf('Basta', OURS, 'STOP'), 'stop', "Advanced Opt-Out has words of one's own")
  t.equal(answersItself(OURS), true)
  t.equal(answersItself('24680'), false, 'a short code')
  t.equal(answersItself('24680', 'HELP'), true)
})

const sender: Sender = { callerId: 'c1', personId: 'p1', leadId: 'l1' }
const none = { message: undefined, caller: undefined, suppression: undefined }
const incoming = { messageSid: 'SM7', from: MARCO, to: OURS, text: 'Hello', media: [], optOutType: undefined }
const at = NOON.toISOString()

void t.test('a message that comes in opens its thread, once', async (t) => {
  const events = receiveSms(incoming, sender, none, at)
  t.strictSame(typesOf(events), [SmsThreadOpened.type, SmsReceived.type])
  t.match(events[1]?.data, { threadId: threadIdOf(OURS, 'c1'), word: null, answeredByTwilio: false, leadId: 'l1' })
  const [message] = recorded(events.slice(1))
  const history = { ref: messageRef('x'), events: message ? [message] : [], sequence: 1 }
  t.strictSame(receiveSms(incoming, sender, { ...none, message: history }, at), [])
})

void t.test('STOP closes the way, START opens it, and Twilio answers', async (t) => {
  const stop = receiveSms({ ...incoming, text: 'stop' }, sender, none, at)
  t.strictSame(typesOf(stop), [SmsThreadOpened.type, SmsReceived.type, ContactSuppressed.type])
  t.match(stop[2]?.data, {
    channels: ['sms'],
    reason: 'opted-out',
    address: MARCO,
    source: { kind: 'message', word: 'STOP' }
  })
  const suppression = { ref: suppressionRef('c1'), events: recorded(stop.slice(2)), sequence: 1 }
  t.equal(suppressionOf(suppression).facts.length, 1)
  const start = receiveSms({ ...incoming, text: 'START', messageSid: 'SM8' }, sender, { ...none, suppression }, at)
  t.strictSame(typesOf(start).slice(2), [ContactReleased.type])
})

void t.test('of a short code, where Twilio says nothing, we answer', async (t) => {
  const stop = receiveSms({ ...incoming, to: '24680', text: 'STOP' }, sender, none, at)
  t.match(stop.at(-1), { definition: SmsRequested, data: { purpose: 'confirmation', from: '24680', to: MARCO } })
  const help = receiveSms({ ...incoming, to: '24680', text: 'help' }, sender, none, at)
  t.match(help.at(-1)?.data, { purpose: 'answer' })
  const advanced = receiveSms({ ...incoming, to: '24680', text: 'help', optOutType: 'HELP' }, sender, none, at)
  t.notOk(typesOf(advanced).includes(SmsRequested.type), 'Twilio did')
})

void t.test('segments, as Twilio counts', async (t) => {
  t.match(segmentsOf('x'.repeat(160)), { encoding: 'GSM-7', segments: 1, tooLong: false })
  t.match(segmentsOf('x'.repeat(161)), { segments: 2 })
  t.match(segmentsOf(`${'x'.repeat(159)}€`), { segments: 2 }, 'the euro takes two places')
  t.match(segmentsOf('🙂'.repeat(35)), { encoding: 'UCS-2', segments: 1 })
  t.match(segmentsOf('🙂'.repeat(36)), { segments: 2 })
  t.equal(segmentsOf('x'.repeat(1531)).tooLong, true)
})

void t.test('a template says where it is wrong', async (t) => {
  t.equal(templateProblem('Hello {{lead.firstName|there}}, on {{day}}.', ['day']), null)
  t.match(templateProblem('On {{day}}.', []), /character 4: nothing is called "day"/)
  t.match(templateProblem('Hi {{lead.firstName}}', []), /character 4: "lead.firstName" is not known of everybody/)
  t.match(templateProblem('Hi {{caller.number}}', []), /nothing is called "caller.number"/)
  t.match(templateProblem('Hi {{lead.firstName|there}', []), /character 4: a placeholder does not end/)
  t.equal(missingVariable('On {{day}} {{lead.name|you}}', {}), 'day')
  t.equal(missingVariable('On {{day}} {{lead.name|you}}', { day: 'Monday' }), null)
})

void t.test('the queue knows what waits, and hurries what STOP ends', async (t) => {
  const queue = createSmsQueue()
  const later = { ...order, messageId: 'm2', sendAt: '2026-11-19T20:00:00.000Z' }
  for (const event of recorded([...requestSms([], order), ...requestSms([], later)])) queue.take(event)
  const dueAt = (now: Date): string[] =>
    [...queue.waiting()].filter(({ notBefore }) => notBefore <= now.getTime()).map(({ messageId }) => messageId)
  t.strictSame(dueAt(NOON), ['m1'])
  t.equal(queue.oldestDue(NOON.getTime()), NOON.getTime())
  queue.putOff('m1', NOON.getTime() + 1)
  queue.putOff('m1', NOON.getTime() - 1)
  t.strictSame(dueAt(NOON), [], 'it is put off, not taken forward')
  const stop = receiveSms({ ...incoming, text: 'STOP' }, sender, none, at)
  for (const event of recorded(stop)) queue.take(event)
  t.strictSame(dueAt(NOON), ['m1', 'm2'])
  for (const event of recorded(noteSent(waiting, { messageSid: 'SM1', status: 'sent', segments: 1 }, NOON)))
    queue.take(event)
  t.equal(queue.size, 1)
})
