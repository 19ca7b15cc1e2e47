import { runInTest } from '@leadlog/cli/harness'
import { eventually } from '@leadlog/testing'
import type { Flow } from '../flow.ts'

/**
 * Somebody stops writing to the CRM, sees that a write waits because of it, and lets it through again. In the end the
 * flag stands as before.
 */
export const pausesCrmWrites: Flow = async (t, { system, page, open, apiKey, url, checkAccessibility }) => {
  const card = page.locator('[data-flag=crm-writes]')
  const turn = async (word: 'Switch off' | 'Switch on', reason: string) => {
    await card.getByRole('button', { name: `${word}: Writing to the CRM` }).click()
    await card.getByLabel(/^Why is it switched/).fill(reason)
    await card.getByRole('button', { name: word, exact: true }).click()
  }
  const writes = async () => {
    const path = `/v1/crm-writes?kind=record&leadId=${leadId}&limit=1`
    const { data } = (await system.read(path)) as { data: { id: string; state: string }[] }
    return data[0]
  }
  const { data } = (await system.read('/v1/leads?status=demo-complete&limit=1')) as { data: { id: string }[] }
  const leadId = data[0]?.id ?? ''
  const before = await writes()

  await open('/settings/flags')
  await turn('Switch off', 'The CRM is being moved')
  await card.getByText('Switched off', { exact: true }).waitFor()
  await checkAccessibility('a flag that is off')
  let looks = 0
  await eventually(async () => {
    const status = await runInTest(['status', '--json'], { environment: system.environment })
    const { handlers } = status.json() as { handlers: { pausedBy: string | null; attended: boolean }[] }
    const isPaused = handlers.filter(({ pausedBy }) => pausedBy === 'crm-writes').every(({ attended }) => !attended)
    // Between two requests of a handler nobody asks either: once is not enough.
    looks = isPaused ? looks + 1 : 0
    return looks === 2
  })
  await fetch(`${url}/v1/commands/crm-sync/WriteLead`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': `paused-${leadId}`
    },
    body: JSON.stringify({ leadId })
  })
  await card.getByText('1 write waits because it is off.').waitFor()
  const waiting = await writes()
  t.equal(waiting?.state, 'queued')
  t.not(waiting?.id, before?.id)

  await open('/')
  await page.getByText('“The CRM is being moved” 1 write waits because it is off.').click()
  await turn('Switch on', 'It has been moved')
  await card.getByText('On', { exact: true }).waitFor()
  await eventually(async () => ['written', 'unchanged'].includes((await writes())?.state ?? ''))
  t.equal((await writes())?.id, waiting?.id, 'the one that waited, once')
  await system.settled()
}
