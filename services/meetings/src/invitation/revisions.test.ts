import fc from 'fast-check'
import t from 'tap'
import { meetingStory, slotOn, someStory, type Story } from '../fixtures/meeting-story.ts'
import { revisionsOf } from './revisions.ts'

/** Everything that happened, and then rooms as they should be. */
function historyOf({ chain, happenings }: Story) {
  const story = meetingStory({ chain })
  for (const one of happenings) story.happen(one)
  while (story.step().do !== 'nothing');
  return story
}

const textOf = (value: unknown): string => JSON.stringify(value)

void t.test('what comes later adds revisions and changes none; sequences rise by one', (t) => {
  let most = 0
  fc.assert(
    fc.property(someStory, fc.nat({ max: 60 }), (told, cut) => {
      const { history } = historyOf(told)
      const all = revisionsOf(history)
      const earlier = revisionsOf(history.slice(0, cut))
      most = Math.max(most, all.length)
      if (textOf(all.slice(0, earlier.length)) !== textOf(earlier)) throw new Error('a revision was changed')
      for (const [index, { sequence, content }] of all.entries()) {
        if (sequence !== index) throw new Error('a sequence does not rise')
        if (textOf(content) === textOf(all[index - 1]?.content)) throw new Error('nothing is new')
      }
    }),
    { numRuns: 2_000 }
  )
  t.ok(most >= 4, `up to ${most} revisions`)
  t.end()
})

void t.test('the last revision tells of the last time with the link of the open room, or that it is off', (t) => {
  let canceled = 0
  fc.assert(
    fc.property(someStory, (told) => {
      const story = historyOf(told)
      const last = revisionsOf(story.history).at(-1)
      if (told.isCanceled) {
        // Where nobody was ever invited, nobody is told that it is off.
        if (last !== undefined) canceled += 1
        if (last?.content.isCanceled === false) throw new Error('still invited')
        return
      }
      const { startsAt, endsAt, link, host, isCanceled } = last?.content ?? {}
      const { day, hostEmail } = told.chain.at(-1) ?? { day: 0, hostEmail: '' }
      const expected = { ...slotOn(day), link: story.open()[0]?.joinUrl, host: hostEmail, isCanceled: false }
      const said = { startsAt, endsAt, link, host: host?.email, isCanceled }
      if (textOf(said) !== textOf(expected)) throw new Error(textOf({ said, expected }))
    }),
    { numRuns: 2_000 }
  )
  t.ok(canceled > 200, `${canceled} were told that it is off`)
  t.end()
})

void t.test('what is told once more is no news', (t) => {
  fc.assert(
    fc.property(someStory, fc.nat(), (told, pick) => {
      const { history } = historyOf(told)
      const again = history.filter(({ type }) => /MeetingBooked|Rescheduled|Superseded|Canceled/.test(type))
      const event = again[pick % again.length]
      if (event === undefined) throw new Error('nothing was told')
      if (textOf(revisionsOf([...history, event])) !== textOf(revisionsOf(history))) throw new Error('a mail too many')
    }),
    { numRuns: 1_000 }
  )
  t.end()
})
