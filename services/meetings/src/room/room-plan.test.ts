import fc from 'fast-check'
import t from 'tap'
import { meetingStory, slotOn, someStory, type Story } from '../fixtures/meeting-story.ts'

/** The chain has four bookings at most and there are twelve rooms of others; each is closed once. */
const MOST = 20

function settled(story: ReturnType<typeof meetingStory>): number {
  let steps = 0
  while (steps < MOST && story.step().do !== 'nothing') steps += 1
  return steps
}

function played({ chain, happenings }: Story) {
  const story = meetingStory({ chain })
  for (const one of happenings) story.happen(one)
  return story
}

void t.test('whatever happens in whatever order, and again: at the end one room at the last time, or none', (t) => {
  const counts = { one: 0, none: 0, took: 0 }
  fc.assert(
    fc.property(someStory, (told) => {
      const story = played(told)
      const steps = settled(story)
      if (steps > 0) counts.took += 1
      const last = told.chain.at(-1) ?? { day: 0, hostEmail: '' }
      const expected = told.isCanceled ? [] : [{ ...slotOn(last.day), hostEmail: last.hostEmail }]
      counts[told.isCanceled ? 'none' : 'one'] += 1
      const open = story.open().map(({ startsAt, endsAt, hostEmail }) => ({ startsAt, endsAt, hostEmail }))
      if (steps >= MOST || story.step().do !== 'nothing') throw new Error('it comes to no end')
      if (JSON.stringify(open) !== JSON.stringify(expected)) throw new Error(JSON.stringify({ open, expected }))
    }),
    { numRuns: 2_000 }
  )
  t.ok(Math.min(...Object.values(counts)) > 500, JSON.stringify(counts))
  t.end()
})

void t.test('nobody opens a second room for a host who has one open', (t) => {
  let opened = 0
  fc.assert(
    fc.property(someStory, (told) => {
      const story = played(told)
      for (let count = 0; count < MOST; count++) {
        const before = story.open()
        const next = story.step()
        if (next.do === 'nothing') return
        if (next.do === 'open') opened += 1
        if (next.do === 'open' && before.some(({ hostEmail }) => hostEmail === next.hostEmail)) {
          throw new Error('a second one')
        }
      }
    }),
    { numRuns: 1_000 }
  )
  t.ok(opened > 50, `${opened} were opened`)
  t.end()
})

void t.test('of a person who was erased no room stays, and none is opened again', (t) => {
  let closed = 0
  fc.assert(
    fc.property(someStory, (told) => {
      const story = played(told)
      closed += story.open().length
      story.erase()
      settled(story)
      if (story.open().length > 0) throw new Error('a room is left')
    }),
    { numRuns: 1_000 }
  )
  t.ok(closed > 200, `${closed} were open before`)
  t.end()
})
