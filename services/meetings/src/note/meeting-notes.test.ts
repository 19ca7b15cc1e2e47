import {
  DiscoveryQuestionCleared,
  DiscoveryQuestionTicked,
  MeetingNoShowMarked,
  MeetingNoteTaken,
  type EventDefinition,
  type NewEvent,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'
import t from 'tap'
import { markQuestion, takeNote, type NewNote } from './meeting-notes.ts'

const AT = '2026-11-18T10:00:00.000Z'
const IDS = { meetingId: 'meeting-1', personId: 'person-1' }
const note: NewNote = { ...IDS, noteId: 'note-1', text: ' They decide in January. ', at: AT }

const recorded = (definition: EventDefinition, data: object): RecordedEvent =>
  ({ type: definition.type, data }) as RecordedEvent
const booked = recorded(MeetingNoShowMarked, { ...IDS, bookingUri: 'a', customer: null, markedAt: AT })
const then = (decided: readonly NewEvent[] | Refusal) =>
  'refused' in decided ? decided : decided.map(({ definition, data }) => ({ type: definition.type, data }))

void t.test('a note of a meeting is taken down once, under the key of its customer', async (t) => {
  const taken = takeNote([booked], note)
  t.match(then(taken), [
    { type: MeetingNoteTaken.type, data: { ...IDS, noteId: 'note-1', text: 'They decide in January.', takenAt: AT } }
  ])
  const before = recorded(MeetingNoteTaken, { ...IDS, noteId: 'note-1', text: 'They decide in January.', takenAt: AT })
  t.same(takeNote([booked, before], note), [], 'the same note again')
  t.match(then(takeNote([booked, before], { ...note, noteId: 'note-2' })), [{ data: { noteId: 'note-2' } }])
})

void t.test('a note of no meeting, or about somebody else, is refused', async (t) => {
  t.match(takeNote([], note), { code: 'MEETINGS_MEETING_UNKNOWN' })
  t.match(takeNote([booked], { ...note, personId: 'person-2' }), { code: 'MEETINGS_CUSTOMER_DIFFERS' })
})

void t.test('a question is ticked and cleared, and neither twice', async (t) => {
  const mark = (ticked: boolean, ...history: RecordedEvent[]) =>
    then(markQuestion([booked, ...history], { ...IDS, question: 'pain-why-now', ticked, at: AT }))
  const data = { ...IDS, question: 'pain-why-now', at: AT }
  const ticked = recorded(DiscoveryQuestionTicked, data)
  const cleared = recorded(DiscoveryQuestionCleared, data)
  t.same(mark(true), [{ type: DiscoveryQuestionTicked.type, data }])
  t.same(mark(true, ticked), [])
  t.same(mark(false, ticked), [{ type: DiscoveryQuestionCleared.type, data }])
  t.same(mark(false), [])
  t.same(mark(true, ticked, cleared), [{ type: DiscoveryQuestionTicked.type, data }], 'asked later after all')
  t.match(markQuestion([], { ...IDS, question: 'pain-why-now', ticked: true, at: AT }), {
    code: 'MEETINGS_MEETING_UNKNOWN'
  })
})
