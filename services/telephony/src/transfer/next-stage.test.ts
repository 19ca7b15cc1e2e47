import type { TransferStage } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { nextStage, wantedIn, type Place, type Seen } from './next-stage.ts'

/** What happens to those of a transfer; each at most once, in any order. */
const HAPPENINGS = [
  'caller comes',
  'agent comes',
  'colleague comes',
  'colleague fails',
  'colleague leaves',
  'agent leaves',
  'caller leaves',
  'completion'
] as const
type Happening = (typeof HAPPENINGS)[number]

interface World {
  seen: Seen
  completionRequested: boolean
  held: boolean
  stage: TransferStage
}

const begin = (): World => ({
  seen: { caller: 'coming', agent: 'coming', colleague: 'coming' },
  completionRequested: false,
  held: false,
  stage: 'moving'
})

function happens({ seen, ...world }: World, what: Happening): World {
  const place = (who: 'agent' | 'colleague', to: Place): World => {
    // Who is gone does not come again.
    if (seen[who] === 'gone') return { ...world, seen }
    return { ...world, seen: { ...seen, [who]: to } }
  }
  switch (what) {
    case 'caller comes':
      return { ...world, seen: seen.caller === 'coming' ? { ...seen, caller: 'in' } : seen }
    case 'caller leaves':
      return { ...world, seen: { ...seen, caller: 'over' } }
    case 'agent comes':
      return place('agent', 'in')
    case 'agent leaves':
      return place('agent', 'gone')
    case 'colleague comes':
      return place('colleague', 'in')
    case 'colleague fails':
      return seen.colleague === 'in' ? { ...world, seen } : place('colleague', 'gone')
    case 'colleague leaves':
      return place('colleague', 'gone')
    case 'completion':
      return { ...world, seen, completionRequested: true }
  }
}

/** Somebody looks, and what is wanted is so afterwards. */
function looks(world: World): World {
  const stage = nextStage(world, world.seen)
  const wanted = wantedIn(stage, world.seen)
  const seen = {
    ...world.seen,
    ...(wanted.callerTo === null ? {} : { caller: 'elsewhere' as const }),
    ...(wanted.agentRemoved ? { agent: 'gone' as const } : {})
  }
  return { ...world, seen, stage, held: seen.caller === 'in' ? wanted.callerHeld : false }
}

const story = fc
  .shuffledSubarray([...HAPPENINGS])
  .chain((happenings) =>
    fc
      .array(fc.boolean(), { minLength: happenings.length, maxLength: happenings.length })
      .map((looked) => happenings.map((what, index) => ({ what, isSeen: looked[index] ?? false })))
  )

/** In the end nobody is on the way any more: phones stop ringing, and legs that do not come are over. */
function rest(world: World): World {
  const ended = (place: Place): Place => (place === 'coming' ? 'gone' : place)
  const { caller, agent, colleague } = world.seen
  const seen = {
    caller: caller === 'coming' ? ('in' as const) : caller,
    agent: ended(agent),
    colleague: ended(colleague)
  }
  return looks(looks({ ...world, seen }))
}

void t.test('whatever happens, in whatever order, however much of it is seen: the caller is never left alone', (t) => {
  fc.assert(
    fc.property(story, (happenings) => {
      let world = begin()
      for (const { what, isSeen } of happenings) {
        world = happens(world, what)
        if (isSeen) world = looks(world)
      }
      const { seen, stage, held } = rest(world)
      if (seen.caller === 'in') {
        const withSomebody = seen.agent === 'in' || seen.colleague === 'in'
        const isHeldForOthers = stage === 'introducing' && seen.agent === 'in' && seen.colleague === 'in'
        return withSomebody && (held ? isHeldForOthers : stage === 'with-agent' || stage === 'with-colleague')
      }
      return stage === 'over' || stage === 'fell-back'
    }),
    { numRuns: 5_000 }
  )
  t.end()
})

void t.test('the same end, whether every step was seen or only the last', (t) => {
  const end = (happenings: readonly Happening[], seesAll: boolean): World => {
    const after = happenings.reduce(
      (world, what) => (seesAll ? looks(happens(world, what)) : happens(world, what)),
      begin()
    )
    return rest(after)
  }
  const stories: [TransferStage, Happening[]][] = [
    ['introducing', ['agent comes', 'caller comes', 'colleague comes']],
    ['introducing', ['colleague comes', 'caller comes', 'agent comes']],
    ['with-colleague', ['agent comes', 'caller comes', 'colleague comes', 'completion']],
    ['with-colleague', ['completion', 'agent comes', 'caller comes', 'colleague comes']],
    ['with-colleague', ['agent comes', 'caller comes', 'colleague comes', 'agent leaves']],
    ['with-colleague', ['agent comes', 'caller comes', 'agent leaves', 'colleague comes']],
    ['with-agent', ['agent comes', 'caller comes', 'colleague fails']],
    ['with-agent', ['caller comes', 'colleague fails', 'agent comes']],
    ['fell-back', ['caller comes', 'agent leaves', 'colleague fails']],
    ['over', ['agent comes', 'caller comes', 'caller leaves']]
  ]
  for (const [stage, happenings] of stories) {
    for (const seesAll of [true, false]) t.equal(end(happenings, seesAll).stage, stage, happenings.join(', '))
  }
  t.end()
})

void t.test('who has talked to the caller and hangs up ends the call; who has not leaves them to the fallback', (t) => {
  const gone: Seen = { caller: 'in', agent: 'gone', colleague: 'gone' }
  const after = (stage: TransferStage): TransferStage => nextStage({ stage, completionRequested: false }, gone)
  t.equal(after('with-colleague'), 'over')
  t.equal(after('with-agent'), 'over')
  t.equal(after('introducing'), 'fell-back')
  t.equal(after('calling'), 'fell-back')
  t.match(wantedIn('over', gone), { callerTo: 'flow' })
  t.match(wantedIn('fell-back', gone), { callerTo: 'fallback', colleagueCanceled: true })
  t.equal(nextStage({ stage: 'fell-back', completionRequested: true }, { ...gone, colleague: 'in' }), 'fell-back')
  t.end()
})
