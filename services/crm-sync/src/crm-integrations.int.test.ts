import { testIntegrations } from '@leadlog/contracts'
import t from 'tap'
import { startCrmSync } from './fixtures/start-crm-sync.ts'

const command = testIntegrations('crm-sync')

void t.test('people see how the CRM is set up, and whether it answers', async (t) => {
  const crm = await startCrmSync(t)
  const told = await crm.command(command, '1', {})
  t.match(told, {
    outcome: 'done',
    result: {
      integrations: [
        {
          vendor: 'zoho',
          inUse: true,
          circuit: 'closed',
          posts: false,
          test: null,
          secrets: ['ZOHO_CLIENT_ID', /./, /./]
        },
        { vendor: 'hubspot', inUse: false, because: 'CRM_PROVIDER is zoho', host: null }
      ]
    }
  })
  const before = crm.state.journal.list({ vendor: 'zoho' }).length
  t.match((await crm.command(command, '2', { vendor: 'zoho' }))?.result, {
    integrations: [{ vendor: 'zoho', test: { ok: true, words: /The module Leads has \d+ fields/, code: null } }, {}]
  })
  t.equal(crm.state.journal.list({ vendor: 'zoho' }).length, before + 1, 'one real call')
  t.match(await crm.command(command, '3', { vendor: 'hubspot' }), { outcome: 'refused', code: 'INTEGRATION_OFF' })
  t.match(await crm.command(command, '4', { vendor: 'salesforce' }), {
    outcome: 'refused',
    code: 'INTEGRATION_UNKNOWN'
  })

  crm.state.faults.set([{ vendor: 'zoho', kind: 'error', code: 'OAUTH_SCOPE_MISMATCH' }])
  const failed = await crm.command(command, '5', { vendor: 'zoho' })
  t.match(failed, {
    outcome: 'done',
    result: { integrations: [{ test: { ok: false, code: 'CRM_SYNC_ZOHO_CREDENTIALS_REFUSED', words: /scopes/ } }, {}] }
  })
  t.notMatch(JSON.stringify(failed), /SIMULATEDCLIENT|simulated-zoho|refreshtoken/, 'no secret is told')
})
