import { isDeepStrictEqual, parseArgs } from 'node:util'
import { liveThroughDay, REPEATS } from './chaos-run.ts'

/**
 * The long form of the chaos test: one disturbed day after another, each with a seed of its own, until the time is over.
 * `node infra/local/run.mjs exec tests/src/chaos/run.ts --minutes 10 --seed 1 --crm hubspot`
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    crm: { type: 'string', default: 'zoho' }
  }
})
/** HubSpot's smallest edition allows 100 calls in ten seconds. */
const environment = { CRM_PROVIDER: values.crm, ...(values.crm === 'hubspot' ? { CRM_RATE_PER_MINUTE: '480' } : {}) }
const until = performance.now() + Number(values.minutes) * 60_000
const calm = await liveThroughDay({ environment })
console.log(
  `undisturbed: ${calm.sent.length} webhooks, ${calm.seconds.toFixed(1)} s, ${vendorCalls(calm.counts)} vendor calls`
)

let days = 0
let differing = 0
for (let seed = Number(values.seed); performance.now() < until; seed++) {
  const day = await liveThroughDay({
    faultSeed: seed,
    shuffleSeed: seed,
    repeats: REPEATS,
    environment,
    kill: { everyMs: 3_000, atLeastMs: 60_000 }
  })
  days += 1
  const lost = day.sent.filter((result) => result.status !== result.expected).length
  const same = isDeepStrictEqual(day.snapshot, calm.snapshot) && day.deadLetters.length === calm.deadLetters.length
  if (!same || lost > 0) differing += 1
  console.log(
    `seed ${seed}: ${same && lost === 0 ? 'same' : 'DIFFERENT'}, ${day.sent.length} webhooks, ${lost} lost, ` +
      `${day.killed.length} killings (${day.killed.join(' ')}), ${vendorCalls(day.counts)} vendor calls, ${day.seconds.toFixed(1)} s`
  )
}
console.log(`${days - differing} days the same, ${differing} different`)
process.exit(differing === 0 ? 0 : 1)

function vendorCalls(counts: unknown): number {
  return (counts as { calls: { count: number }[] }).calls.reduce((sum, call) => sum + call.count, 0)
}
