import { buildDashboard } from '@leadlog/dashboard/build'
import { buildPanel } from '@leadlog/zoom-panel/build'
import { freePort } from '@leadlog/local/servers'
import { sampleDay, sendDeliveries } from '@leadlog/simulators'
import t from 'tap'
import { sessionOutlivesProcess } from '../access/session-outlives-process.ts'
import { usesCommandLine } from '../operators/command-line.ts'
import { startTestSystem } from '../system/test-system.ts'
import { runFlow, type Flow, type SceneOptions } from './flow.ts'
import { asOf } from './flows/as-of.ts'
import { keepsCalendar } from './flows/calendar.ts'
import { followsCalls } from './flows/calls.ts'
import { drawsFlow } from './flows/flow-canvas.ts'
import { findSomebody } from './flows/find-somebody.ts'
import { firstLook } from './flows/first-look.ts'
import { pausesCrmWrites } from './flows/flags.ts'
import { billsSomebody } from './flows/invoices.ts'
import { seesIntegrations } from './flows/integrations.ts'
import { mappingError } from './flows/mapping-error.ts'
import { writesMessages } from './flows/messages.ts'
import { usesPanel } from './flows/panel.ts'
import { settlesPayments } from './flows/payments.ts'
import { retryDeadLetter } from './flows/retry-dead-letter.ts'
import { roleLimits } from './flows/role-limits.ts'
import { signIn } from './flows/sign-in.ts'
import { handsOverCalls } from './flows/talks.ts'
import { seesSpend } from './flows/spend.ts'
import { whatIf } from './flows/what-if.ts'
import { whyAValue } from './flows/why-a-value.ts'
import { connectsZoom } from './flows/zoom.ts'
import { openBrowser } from './open-browser.ts'
import { PEOPLE } from './people.ts'
import { looksAtAll, tourOfDashboard } from './tour.ts'

/** What people do who meet the sample day as it ended. They change nothing of it. */
const READING: readonly [name: string, flow: Flow, options?: SceneOptions][] = [
  ['the first look', firstLook],
  ['why a value is what it is', whyAValue],
  ['somebody is found by half a name', findSomebody],
  ['a lead as it was', asOf]
]

/** What people do to it, one after the other on the same system. A flow brings what it needs and counts on no other. */
const CHANGING: readonly [name: string, flow: Flow, options?: SceneOptions][] = [
  ['calls are followed', followsCalls],
  ['callers are handed over, leads called', handsOverCalls],
  ['messages, and who is not to be written to', writesMessages],
  ['what was spent, and a budget', seesSpend],
  ['whom Leadlog calls', seesIntegrations],
  ['a payment that waits, and a refund', settlesPayments],
  ['a host connects with Zoom', connectsZoom],
  ['the panel beside a meeting', usesPanel],
  ['a meeting in the calendar', keepsCalendar],
  ['a call flow, from drawing to going back', drawsFlow],
  ['from the catalogue to the money', billsSomebody],
  ['a mapping error', mappingError],
  ['writing to the CRM is paused', pausesCrmWrites],
  ['trying dead letters again, five first', retryDeadLetter],
  ['a what-if, applied to two of three', whatIf],
  ['a tour', tourOfDashboard, { signedIn: 'no' }],
  ['signing in', signIn, { signedIn: 'no' }],
  ['what a role may', roleLimits, { signedIn: 'no' }],
  ['every screen, wide and light', looksAtAll('wide and light')],
  ['every screen, narrow and dark', looksAtAll('narrow and dark'), { width: 390, height: 844, dark: true }]
]

/** One system, one sample day, one browser: a system of its own for each flow would cost more than the flow. */
void t.test('people and operators work with a system that has run the sample day', async (t) => {
  const { folder } = await buildDashboard()
  const panel = await buildPanel()
  const mailPort = String(await freePort())
  const system = await startTestSystem({
    environment: {
      DASHBOARD_DIR: folder,
      ZOOM_PANEL_DIR: panel.folder,
      TELEPHONY_PRICE_AFTER_SECONDS: '1',
      SIMULATORS_SMTP_PORT: mailPort,
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      // Whatever time it is where the tests run.
      TELEPHONY_QUIET_HOURS: 'none',
      ACCESS_USERS: Object.entries(PEOPLE)
        .map(([role, email]) => `${role}:${email}`)
        .join(',')
    }
  })
  t.teardown(() => system.stop())
  await t.test('a mailed link signs in, the session outlives the process, and the log tells of it', (t) =>
    sessionOutlivesProcess(t, system)
  )
  await sendDeliveries(sampleDay({ secrets: system.secrets, includeBad: false }), { ingest: system.ingestUrl })
  await system.settled()

  const browser = await openBrowser()
  t.teardown(() => browser.close())
  for (const [name, flow, options = {}] of READING) await runFlow(t, name, flow, { system, browser, options })
  await t.test('an operator at the command line', (t) => usesCommandLine(t, system))
  for (const [name, flow, options = {}] of CHANGING) await runFlow(t, name, flow, { system, browser, options })
})
