import { notice } from './notice.ts'
import { crmTitles, formatResultTable, readCrmLeads } from './result-table.ts'
import { projectLayout } from './start/layout.ts'
import { parseStartOptions, START_USAGE, type StartOptions } from './start/options.ts'
import { runSampleDay } from './start/sample-day.ts'
import { waitUntilSettled } from './start/settled.ts'
import { listenForStop } from './start/stop-request.ts'
import { startSystem, type LocalSystem } from './start/system.ts'

async function main(): Promise<void> {
  const options = parseStartOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(START_USAGE)
    return
  }
  const stop = listenForStop()
  const began = performance.now()
  const system = await startUnlessStopped(options, stop.signal)
  if (system === undefined) return
  notice(`everything answers after ${seconds(began)}`)
  if (wantsDemo(options, system)) await showSampleDay(system, stop.signal)
  if (!stop.signal.aborted) printAddresses(system, began)
  await stop.requested
  notice('stopping')
  await system.stop()
  notice('stopped')
}

/** Undefined when Ctrl-C came first; what had been started is stopped then. */
async function startUnlessStopped(options: StartOptions, stopped: AbortSignal): Promise<LocalSystem | undefined> {
  try {
    return await startSystem(projectLayout, process.env, options, stopped)
  } catch (error) {
    if (!stopped.aborted) throw error
    notice('stopped before everything had started')
    return undefined
  }
}

/** The sample day needs the whole chain and the simulated vendors at its end. */
function wantsDemo(options: StartOptions, system: LocalSystem): boolean {
  return options.demo && options.only === undefined && system.urls['simulators'] !== undefined
}

async function showSampleDay(system: LocalSystem, stopped: AbortSignal): Promise<void> {
  if (!(await runSampleDay(projectLayout, system, stopped))) return
  const settled = await waitUntilSettled(system, stopped)
  if (stopped.aborted) return
  const crm = system.environment['CRM_PROVIDER'] === 'hubspot' ? 'hubspot' : 'zoho'
  const leads = await readCrmLeads(system.urls['simulators'] ?? '', crm)
  console.log(
    `\n${String(leads.length)} leads in the simulated ${crmTitles[crm]}${settled ? '' : ' so far (work is still going on)'}:`
  )
  console.log(formatResultTable(leads))
}

function printAddresses(system: LocalSystem, began: number): void {
  const { gateway, ingest, simulators } = system.urls
  const lines = [
    ...(gateway === undefined ? [] : [`dashboard   ${gateway}/`, `API         ${gateway}/docs`]),
    ...(ingest === undefined ? [] : [`webhooks    ${ingest}/webhooks/<provider>`]),
    ...(simulators === undefined ? [] : [`simulators  ${simulators}/`]),
    ...(gateway === undefined ? [] : signInLines(gateway, simulators, system.environment['ACCESS_USERS'])),
    `API key     ${system.apiKey}`,
    `logs        .leadlog/logs/`
  ]
  console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`)
  console.log(`Leadlog is ready after ${seconds(began)}. Stop it with Ctrl-C.`)
}

/** Who may sign in, and where their mail is to be found. */
function signInLines(gateway: string, simulators: string | undefined, users: string | undefined): string[] {
  if (users === undefined || users === '') return []
  const people = users.split(',').map((one) => {
    const [role = '', email] = one.trim().split(':', 2)
    return email === undefined ? `${role} (admin)` : `${email} (${role})`
  })
  return [
    `sign in     ${gateway}/sign-in as ${people.join(', ')}`,
    ...(simulators === undefined ? [] : [`mail        ${simulators}/mailbox`])
  ]
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

try {
  await main()
  process.exit(0)
} catch (error) {
  notice(error instanceof Error && error.name === 'LocalSetupError' ? error.message : String((error as Error).stack))
  process.exit(1)
}
