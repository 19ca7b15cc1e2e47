import type { Flow } from '../flow.ts'

/** Whom Leadlog calls and whether they answer: each vendor is called for real, and Slack gets a message that says it is a test. */
export const seesIntegrations: Flow = async (t, { system, page, open, checkAccessibility }) => {
  await open('/settings/integrations')
  const card = (vendor: string) => page.locator(`[data-vendor=${vendor}]`)
  for (const vendor of ['zoho', 'calendly', 'readai', 'slack', 'twilio', 'stripe'])
    await card(vendor).getByText('Not tested').waitFor()
  await card('hubspot').getByText('CRM_PROVIDER is zoho').waitFor()
  await card('zoho').getByRole('button', { name: 'Test Zoho CRM' }).click()
  await card('zoho')
    .getByText(/The module Leads has \d+ fields/)
    .waitFor()
  for (const vendor of ['calendly', 'readai']) {
    await card(vendor).getByRole('button', { name: /^Test/ }).click()
    await card(vendor).getByText('Answers', { exact: true }).waitFor()
  }
  await card('twilio').getByRole('button', { name: 'Test Twilio' }).click()
  await card('twilio').getByText('The account "Simulated account" is active').waitFor()
  await card('stripe').getByRole('button', { name: 'Test Stripe' }).click()
  await card('stripe')
    .getByText(/Account acct_\w+ .* in test mode may take payments/)
    .waitFor()
  await card('slack').getByRole('button', { name: 'Send a test message' }).click()
  await card('slack').getByRole('button', { name: 'Send', exact: true }).click()
  await card('slack').getByText('The test message was taken').waitFor()
  const journal = JSON.stringify(await system.control('GET', 'journal?vendor=slack'))
  t.match(journal, /This is a test of Leadlog/)
  await checkAccessibility('the integrations')
}
