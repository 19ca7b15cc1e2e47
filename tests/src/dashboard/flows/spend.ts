import { eventually } from '@leadlog/testing'
import { command } from '../../system/command.ts'
import type { Flow } from '../flow.ts'
import { callOurs, publishFrontDesk } from '../phone-line.ts'

/** Seconds of a call in one of ours. */
const QUICK = 20_000

interface Entries {
  readonly data: readonly { readonly amountMicros: number; readonly causeType: string }[]
}

/** A lead calls, Twilio charges it, and it is seen what that cost, down to the event; a budget is set that it uses up. */
export const seesSpend: Flow = async (t, { system, page, open, checkAccessibility }) => {
  const phone = `+1415555${String(Date.now()).slice(-4)}`
  const caller = `Sona Spend-${phone.slice(-4)}`
  const entered = { name: caller, email: `sona-${phone.slice(1)}@caller.example`, phone, source: 'fair' }
  const leadId = String((await command(system, 'crm', 'CaptureLead', entered))['leadId'])
  await publishFrontDesk(system)
  await system.settled()
  await system.control('PATCH', 'settings', { twilioTimeScale: QUICK, twilioPricedAfterMs: 0 })
  const waits = { do: 'wait', seconds: 150, then: 'hang-up' } as const
  await callOurs(system, phone, [{ do: 'press', digits: '1' }, waits], 'live')
  const { data } = await eventually(async () => {
    const entries = (await system.read(`/v1/spend/entries?leadId=${leadId}&kind=call`)) as Entries
    return entries.data.length > 0 && entries
  })
  t.match(data, [{ causeType: 'telephony.CallPriced.v1' }])

  await t.test('what was spent on what, and the events behind it', async (t) => {
    await open('/spend')
    await page.getByRole('rowheader', { name: 'Calls' }).waitFor()
    await checkAccessibility('spend by kind')
    await page.getByRole('navigation', { name: 'Grouped by' }).getByRole('link', { name: 'Lead' }).click()
    const row = page.getByRole('row').filter({ hasText: caller })
    await row.waitFor()
    await checkAccessibility('spend by lead')
    await row.getByRole('link', { name: '$' }).click()
    await page.getByText('1 cost', { exact: true }).waitFor()
    await checkAccessibility('the costs of a lead')
    await page.getByRole('link', { name: /^Call, \$0\.0/ }).click()
    await page.getByRole('complementary').getByRole('heading').first().waitFor()
    t.match(page.url(), /\/events\/[0-9a-f-]{36}$/)
  })

  await t.test('a budget is set, and it is said that it is used up', async (t) => {
    await open('/spend')
    await page.getByRole('button', { name: 'Set a budget' }).click()
    await page.getByLabel('Amount').fill('0.01')
    await checkAccessibility('setting a budget')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('100 % reached').waitFor()
    await page.getByText('Used up', { exact: true }).waitFor()
    await checkAccessibility('a budget that is used up')
    t.match(await system.read('/v1/spend/budget'), {
      data: [{ currency: 'USD', budget: 1, reached: [{ threshold: 80 }, { threshold: 90 }, { threshold: 100 }] }]
    })
    await page.getByRole('button', { name: 'Change budget' }).click()
    await page.getByLabel('Amount').fill('250')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Within budget').waitFor()
  })
}
