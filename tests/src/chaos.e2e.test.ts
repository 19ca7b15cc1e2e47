import t, { type Test } from 'tap'
import { liveThroughDay, REPEATS, type DayResult } from './chaos/chaos-run.ts'

/** Another value tells another story; a failure is told again by its seed. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_118)

void t.test('a disturbed day ends like an undisturbed one', async (t) => {
  const calm = await liveThroughDay({})
  const failed = calm.deadLetters.length

  await t.test('every webhook three times, shuffled, a fifth of the vendor calls failing', async (t) => {
    const day = await liveThroughDay({ faultSeed: SEED, shuffleSeed: SEED, repeats: REPEATS })
    same(t, day, calm, failed)
    t.comment(`calls undisturbed ${JSON.stringify(calm.counts)}`)
    t.comment(`calls disturbed ${JSON.stringify(day.counts)}`)
  })

  await t.test('and every part of the system killed at a random moment', async (t) => {
    const day = await liveThroughDay({
      faultSeed: SEED + 1,
      shuffleSeed: SEED + 1,
      repeats: REPEATS,
      kill: { everyMs: 2_000, atLeastMs: 40_000 }
    })
    t.ok(new Set(day.killed).size >= 9, `killed ${day.killed.join(', ')}`)
    same(t, day, calm, failed)
  })
})

function same(t: Test, day: DayResult, calm: DayResult, failed: number): void {
  t.ok(
    day.sent.every((result) => result.status === result.expected),
    'every delivery was accepted in the end'
  )
  t.equal(day.deadLetters.length, failed, 'no failure was given up on that would have passed')
  t.strictSame(day.snapshot, calm.snapshot, 'the CRM holds the same records, notes, fields and statuses')
  t.ok(day.rebuilds.filter(({ liveRows }) => liveRows > 0).length >= 8, 'most read models hold something to compare')
  for (const { projection, equal, samples } of day.rebuilds) {
    t.ok(equal, `${projection} built anew equals the live one`, { samples })
  }
}
