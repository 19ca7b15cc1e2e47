import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { crmNames } from '../crm/crm-lead.ts'
import type { CrmLead } from '../crm/crm-lead.ts'
import { seededShuffle } from '../seeded.ts'
import { differencesFrom } from './compare.ts'
import { expectedSampleDay } from './expected.ts'
import { SAMPLE_BASE_DATE, sampleDay } from './sample-day.ts'
import { sendDeliveries } from './send-deliveries.ts'
import { allAsExpected, summarize } from './send-summary.ts'

const USAGE = `Sends the sample day: about 60 signed webhooks of 25 fictional customers.

  --ingest <url>        base URL of ingest (http://127.0.0.1:8081)
  --times <n>           send every webhook n times (1)
  --shuffle <seed>      in an order that the seed decides
  --concurrency <n>     webhooks under way at the same time (8)
  --include-bad         also those that must be refused: wrong signatures, a stale timestamp, malformed JSON
  --date <YYYY-MM-DD>   the day of most meetings (${SAMPLE_BASE_DATE})
  --attempts <n>        attempts for a webhook that gets no answer, 429 or 5xx (14)
  --crm <name>          the CRM that is compared: zoho or hubspot (zoho)
  --verify <url>        afterwards compare the CRM of the simulators at this URL with the expected result, once

The secrets come from the environment. Exits 0 when every webhook got its expected status.
`

const positive = (text: string, name: string): number => {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} must be a whole number from 1, not "${text}".`)
}

const leadsIn = async (simulators: string, crm: string): Promise<CrmLead[]> => {
  if (!crmNames.some((name) => name === crm)) throw new Error(`--crm must be one of ${crmNames.join(', ')}.`)
  const answer = await fetch(new URL(`/_control/crm/leads?crm=${crm}`, simulators))
  return ((await answer.json()) as { data: CrmLead[] }).data
}

const run = async (): Promise<boolean> => {
  const { values } = parseArgs({
    options: {
      ingest: { type: 'string', default: 'http://127.0.0.1:8081' },
      times: { type: 'string', default: '1' },
      shuffle: { type: 'string' },
      concurrency: { type: 'string', default: '8' },
      'include-bad': { type: 'boolean', default: false },
      date: { type: 'string', default: SAMPLE_BASE_DATE },
      attempts: { type: 'string', default: '14' },
      crm: { type: 'string', default: 'zoho' },
      verify: { type: 'string' },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return true
  }
  const { secrets } = readConfig()
  const once = sampleDay({ baseDate: values.date, secrets, includeBad: values['include-bad'] })
  const all = Array.from({ length: positive(values.times, 'times') }, () => once).flat()
  const begun = performance.now()
  const results = await sendDeliveries(values.shuffle === undefined ? all : seededShuffle(all, values.shuffle), {
    ingest: values.ingest,
    concurrency: positive(values.concurrency, 'concurrency'),
    attempts: positive(values.attempts, 'attempts')
  })
  process.stdout.write(summarize(results, (performance.now() - begun) / 1000))
  if (values.verify === undefined) return allAsExpected(results)

  const differences = differencesFrom(
    expectedSampleDay({ baseDate: values.date }),
    await leadsIn(values.verify, values.crm)
  )
  process.stdout.write(
    `${differences.map((line) => `  ${line}\n`).join('')}differences in the CRM: ${differences.length}\n`
  )
  return allAsExpected(results) && differences.length === 0
}

try {
  process.exitCode = (await run()) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  process.exitCode = 2
}
