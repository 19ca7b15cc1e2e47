import {
  DiscoveryQuestionCleared,
  DiscoveryQuestionTicked,
  MeetingInstanceMoved,
  type RecordedEvent
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { start } from '../fixtures/panel-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { discoveryQuestions } from './discovery-questions.projection.ts'
import { meetingInstances } from './meeting-instances.projection.ts'

const ada = person('Ada', 'Lovelace')

/** Rows after the events came once, twice, and once more one by one. */
function everyWay<Row>(
  given: (events: readonly RecordedEvent[]) => ReadonlyMap<string, Row>,
  events: readonly RecordedEvent[]
) {
  const repeated = events.flatMap((event) => [event, event])
  return [given(events), given([...events, ...events]), given(repeated)].map((rows) => Object.fromEntries(rows))
}

void t.test('questions of a meeting are ticked and cleared, however often it is told', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const cause = story.webhook({ externalId: 'panel' })
  const mark = (ticked: boolean, question: string, meetingId = 'm') =>
    story.emit(
      ticked ? DiscoveryQuestionTicked : DiscoveryQuestionCleared,
      meetingId,
      { meetingId, personId: ada.personId, question, at: story.now() },
      cause
    )
  mark(true, 'pain-why-now')
  mark(true, 'metrics-today')
  mark(false, 'pain-why-now')
  mark(true, 'risks-stop', 'other')
  const spec = projectionSpec(discoveryQuestions)
  const own = story.events.slice(1)
  for (const rows of everyWay((events) => spec.given(events).rows, own)) {
    t.match(rows, { m: { asked: { 'metrics-today': String } }, other: { asked: { 'risks-stop': String } } })
    t.same(Object.keys(rows['m']?.asked ?? {}), ['metrics-today'])
  }
})

void t.test('an instance is of one meeting, the one it was moved to', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  start(story, ada, 'm', 'uuid-1')
  start(story, ada, 'm', 'uuid-2')
  const cause = story.webhook({ externalId: 'moved' })
  const moved = { meetingId: 'm', personId: ada.personId, uuid: 'uuid-1', toMeetingId: 'other' }
  story.emit(MeetingInstanceMoved, 'm', moved, cause)
  start(story, ada, 'other', 'uuid-1')
  const spec = projectionSpec(meetingInstances)
  const own = story.events.filter((event) => 'uuid' in (event.data as object))
  for (const rows of everyWay((events) => spec.given(events).rows, own))
    t.match(rows, { m: { uuids: ['uuid-2'] }, other: { uuids: ['uuid-1'] } })
})
