import type { ConferenceReported } from '@leadlog/contracts'
import { type ConferenceNews, type DataOf, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { conferenceOf, isIn, type Conference } from './conference.ts'
import { changeConference, inviteInto, isNewest, openConference, reportConference } from './decide-conference.ts'
import { conferenceIdOf, roomOf } from './room.ts'
import { translateConference } from './translate-conference.ts'

const at = '2026-11-18T16:00:00.000Z'
type Report = DataOf<typeof ConferenceReported>

function report(sequence: number, news: ConferenceNews, who: string | null = null, more: Partial<Report> = {}): Report {
  return {
    conferenceId: 'f1',
    conferenceSid: 'CF1',
    news,
    sequence,
    callSid: who,
    callId: who,
    muted: who === null ? null : false,
    hold: who === null ? null : false,
    reason: null,
    at,
    ...more
  }
}

function record(events: RecordedEvent[], decided: readonly NewEvent[]): void {
  events.push(...decided.map(({ definition, data }) => ({ type: definition.type, data }) as RecordedEvent))
}

function after(reports: readonly Report[]): Conference {
  const events: RecordedEvent[] = []
  record(events, openConference(conferenceOf(events), { conferenceId: 'f1', name: 'Demo', openedAt: at }))
  for (const one of reports) record(events, reportConference(conferenceOf(events), one))
  return conferenceOf(events)
}

/** What can be seen of a conference, whatever order it was learnt in. */
function seen({ ended, participants, conferenceSid }: Conference) {
  const all = [...participants].map(([id, { present, muted, hold }]) => [id, present.value, muted.value, hold.value])
  return { ended, conferenceSid, participants: all.sort() }
}

const story = [
  report(0, 'start'),
  report(1, 'join', 'ada'),
  report(2, 'join', 'marco'),
  report(3, 'mute', 'marco', { muted: true }),
  report(4, 'hold', 'marco', { muted: true, hold: true }),
  report(5, 'unhold', 'marco', { muted: true }),
  report(6, 'leave', 'ada'),
  report(7, 'join', 'ada'),
  report(8, 'leave', 'marco', { muted: true }),
  report(9, 'end')
]

void t.test('news in any order, twice, end in the same conference', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: story.length }),
      fc.shuffledSubarray([...story, ...story], { minLength: 2 * story.length }),
      (upTo, shuffled) => {
        const told = story.slice(0, upTo)
        const any = shuffled.filter(({ sequence }) => sequence < upTo)
        t.strictSame(seen(after(any)), seen(after(told)))
      }
    ),
    { numRuns: 60 }
  )
  t.end()
})

void t.test('news that are lost leave what is known: the end ends it for all', (t) => {
  fc.assert(
    fc.property(fc.subarray(story.slice(0, -1)), (some) => {
      const conference = after([...some, report(9, 'end')])
      t.ok(conference.ended)
      t.notOk(isIn(conference, 'ada'), 'nobody is in it')
    }),
    { numRuns: 40 }
  )
  const late = after([report(3, 'mute', 'marco', { muted: true })])
  t.ok(isIn(late, 'marco'), 'who was heard of and never left is in it, also where the join was lost')
  t.end()
})

void t.test('what cannot be is refused', (t) => {
  const change = (conference: Conference, kind: 'mute' | 'end', callId = 'marco', changeId = 'c1') =>
    changeConference(conference, {
      conferenceId: 'f1',
      changeId,
      change: kind === 'end' ? { kind } : { kind, callId, on: true },
      at
    })
  const invited = { conferenceId: 'f1', dialId: 'd1', at }
  t.match(change(conferenceOf([]), 'end'), { code: 'TELEPHONY_CONFERENCE_UNKNOWN' })
  t.match(inviteInto(conferenceOf([]), invited), { code: 'TELEPHONY_CONFERENCE_UNKNOWN' })
  t.match(change(after(story.slice(0, 3)), 'mute', 'stranger'), { code: 'TELEPHONY_PARTICIPANT_UNKNOWN' })
  t.match(change(after(story.slice(0, 7)), 'mute', 'ada'), { code: 'TELEPHONY_PARTICIPANT_UNKNOWN' }, 'she has left')
  t.match(change(after(story), 'mute'), { code: 'TELEPHONY_CONFERENCE_OVER' })
  t.match(inviteInto(after(story), invited), { code: 'TELEPHONY_CONFERENCE_OVER' })
  t.match(change(after(story.slice(0, 3)), 'mute'), [{ data: { changeId: 'c1' } }])
  t.match(change(after([]), 'end'), [{ data: { change: { kind: 'end' } } }], 'also before anybody has joined')
  t.strictSame(reportConference(after(story), report(20, 'join', 'eve', { conferenceSid: 'CF2' })), [], 'another room')
  t.end()
})

void t.test('a change that was held up undoes nothing that was asked for later', (t) => {
  const events: RecordedEvent[] = []
  for (const one of story.slice(0, 3)) record(events, reportConference(conferenceOf(events), one))
  for (const [changeId, on] of [
    ['mute-1', true],
    ['mute-2', false]
  ] as const) {
    const requested = { conferenceId: 'f1', changeId, change: { kind: 'mute' as const, callId: 'marco', on }, at }
    record(events, changeConference(conferenceOf(events), requested) as readonly NewEvent[])
  }
  t.notOk(isNewest(conferenceOf(events), 'mute-1'))
  t.ok(isNewest(conferenceOf(events), 'mute-2'))
  t.end()
})

void t.test("Twilio's words", (t) => {
  const fields = {
    ConferenceSid: 'CF1',
    FriendlyName: roomOf('f1'),
    CallSid: 'CA1',
    Muted: 'true',
    Hold: 'false',
    SequenceNumber: '4',
    Timestamp: 'Wed, 18 Nov 2026 16:05:00 +0000',
    StatusCallbackEvent: 'participant-mute'
  }
  t.match(translateConference(fields, at), {
    conferenceId: 'f1',
    news: 'mute',
    sequence: 4,
    callSid: 'CA1',
    muted: true,
    hold: false,
    at: '2026-11-18T16:05:00.000Z'
  })
  const ended = { ...fields, StatusCallbackEvent: 'conference-end', ReasonConferenceEnded: 'last-participant-left' }
  t.match(translateConference(ended, at), { news: 'end', callSid: null, reason: 'last-participant-left' })
  t.equal(translateConference({ ...fields, StatusCallbackEvent: 'participant-speech-start' }, at), null)
  t.throws(() => translateConference({ ...fields, SequenceNumber: 'x' }, at), { code: 'TELEPHONY_PAYLOAD_INVALID' })
  t.throws(() => translateConference({ ...fields, CallSid: '' }, at), { code: 'TELEPHONY_PAYLOAD_INVALID' })
  t.not(conferenceIdOf('sales', 'CF1'), conferenceIdOf('sales', 'CF2'), "a flow's room may be used again")
  t.end()
})
