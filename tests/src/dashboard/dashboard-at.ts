import { buildDashboard } from '@leadlog/dashboard/build'
import { buildPanel } from '@leadlog/zoom-panel/build'
import { sampleDay, sendDeliveries } from '@leadlog/simulators'
import { startTestSystem } from '../system/test-system.ts'
import { somethingWasBilled } from './billing-desk.ts'
import { somebodyCalled } from './phone-line.ts'
import { somebodyPaid } from './paid-invoice.ts'
import { exampleIds } from './screens.ts'

/** A dashboard to look at, with ids of what it can show. */
export interface DashboardAt {
  readonly url: string
  readonly key: string
  readonly ids: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/**
 * The dashboard of a running system, or where none is named, of one that is started for this and has run the sample
 * day, the deliveries that fail included.
 */
export async function dashboardAt(named: { url?: string | undefined; key?: string | undefined }): Promise<DashboardAt> {
  const { url, key } = named
  if (url !== undefined) {
    if (key === undefined)
      throw new Error('Give the API key of that system too, which npm start printed: --key <API key>')
    const ids = await exampleIds(async (address) => {
      const answer = await fetch(`${url}${address}`, { headers: { authorization: `Bearer ${key}` } })
      if (!answer.ok) throw new Error(`${address} answered ${String(answer.status)}`)
      return answer.json()
    })
    return { url, key, ids, stop: () => Promise.resolve() }
  }
  const { folder } = await buildDashboard()
  const system = await startTestSystem({
    environment: { DASHBOARD_DIR: folder, ZOOM_PANEL_DIR: (await buildPanel()).folder }
  })
  try {
    await sendDeliveries(sampleDay({ secrets: system.secrets, includeBad: true }), { ingest: system.ingestUrl })
    await somebodyCalled(system)
    await somethingWasBilled(system)
    await somebodyPaid(system, 60_000)
    await system.settled()
    const ids = await exampleIds((address) => system.read(address))
    return {
      url: system.gatewayUrl,
      key: system.environment['LEADLOG_API_KEY'] ?? '',
      ids,
      stop: () => system.stop()
    }
  } catch (error) {
    await system.stop()
    throw error
  }
}
