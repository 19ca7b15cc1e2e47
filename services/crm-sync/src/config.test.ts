import t from 'tap'
import { ConfigError, startService } from '@leadlog/service'
import { crmSync } from './service.ts'

const base = { NATS_URL: 'nats://127.0.0.1:1', LEADLOG_MASTER_KEY: 'x' }

void t.test('a live sync without its variables fails once and lists all of them with an example', async (t) => {
  const failure = await startService(crmSync, { environment: { ...base, DRY_RUN: 'false', ZOHO_DC: 'mars' } }).catch(
    (error: unknown) => error
  )
  t.ok(failure instanceof ConfigError)
  const message = (failure as Error).message
  for (const variable of ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN', 'DATABASE_URL']) {
    t.match(message, new RegExp(`${variable}: is missing.*Example: ${variable}=`))
  }
  t.match(message, /ZOHO_DC: must be one of us, eu, in, au, jp, ca, sa, cn/)
})

void t.test('a dry run needs no account', async (t) => {
  const failure = await startService(crmSync, { environment: base }).catch((error: unknown) => error)
  t.notMatch((failure as Error).message, /ZOHO_/)
  t.match((failure as Error).message, /DATABASE_URL/)
})

void t.test('HubSpot needs a private app, or an OAuth app as a whole, and nothing of Zoho', async (t) => {
  const live = { ...base, DRY_RUN: 'false', CRM_PROVIDER: 'hubspot' }
  const failing = async (environment: Record<string, string>) =>
    String(await startService(crmSync, { environment: { ...live, ...environment } }).catch((error: unknown) => error))
  const none = await failing({})
  t.match(
    none,
    /HUBSPOT_ACCESS_TOKEN: is missing.*HUBSPOT_REFRESH_TOKEN of an OAuth app.*Example: HUBSPOT_ACCESS_TOKEN=/
  )
  t.notMatch(none, /ZOHO_/)
  const half = await failing({ HUBSPOT_CLIENT_ID: 'x' })
  t.match(half, /HUBSPOT_CLIENT_SECRET: is missing[^]*HUBSPOT_REFRESH_TOKEN: is missing/)
  t.notMatch(half, /HUBSPOT_ACCESS_TOKEN: is missing/)
  t.notMatch(await failing({ HUBSPOT_ACCESS_TOKEN: 'x' }), /HUBSPOT_/)
})
