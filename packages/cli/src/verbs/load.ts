import { number, oneOf, text } from '../declaration/option.ts'
import { defineVerb } from '../declaration/verb.ts'
import { notConfigured, refused } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'

export const verb = defineVerb({
  description: [
    'For development: the vendors’ simulators sign with the secrets of the system that is found, as the vendors would. Sent a second time,',
    'the same webhooks are duplicates. Refuses where the simulators are not installed.'
  ].join('\n'),
  options: {
    what: oneOf('what is sent', ['sample-day', 'generated']),
    customers: number('people, for generated load', { min: 1, max: 100_000, default: 100 }),
    seed: text('another seed gives other people', { placeholder: '<seed>' }),
    concurrency: number('webhooks under way at once', { min: 1, max: 200, default: 8 }),
    ingest: text('base address of ingest; that of the running local system by default', { placeholder: '<url>' })
  },
  dangerous: true,
  examples: [
    ['leadlog load', 'the sample day: 25 customers, 68 webhooks'],
    ['leadlog load --what generated --customers 500 --seed 7 --yes', 'generated bookings and transcripts']
  ],
  exitCodes: {
    0: 'every webhook was answered as it should be',
    1: 'some were not',
    4: 'the simulators are not installed'
  },
  async run({ target, out, confirm, now }, { what, customers, seed, concurrency, ingest }) {
    const url = ingest ?? target.urls['ingest'] ?? target.environment['INGEST_URL']
    if (url === undefined)
      throw notConfigured('No running local system was found. Start one with npm start, or say --ingest http://…')
    const { generateLoad, readConfig, sampleDay, sendDeliveries, summarize, allAsExpected } = await simulators()
    const { secrets } = readConfig(target.environment)
    const deliveries =
      what === 'sample-day'
        ? sampleDay({ secrets, includeBad: false })
        : [...generateLoad({ customers, seed: seed ?? now().toISOString(), secrets })]
    if (target.origin !== 'local' || ingest !== undefined)
      await confirm(`Send ${String(deliveries.length)} made-up webhooks to ${url}?`)
    const started = performance.now()
    const results = await sendDeliveries(deliveries, { ingest: url, concurrency })
    const seconds = (performance.now() - started) / 1_000
    const good = allAsExpected(results)
    return {
      value: {
        sent: results.length,
        seconds,
        duplicates: results.filter(({ duplicate }) => duplicate).length,
        unexpected: results.filter(({ status, expected }) => status !== expected)
      },
      text: () => summarize(results, seconds).trimEnd(),
      exitCode: good ? exitCodes.ok : exitCodes.failed
    }

    async function simulators() {
      try {
        return await import('@leadlog/simulators')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
          throw refused(
            'CLI_SIMULATORS_MISSING',
            'The simulators are not installed here: they are for development only. Run this in a checkout of the repository'
          )
        }
        out.note('The simulators could not be loaded')
        throw error
      }
    }
  }
})
