import { sealZoomAppContext, zoomAppClaims } from '@leadlog/simulators'
import type { BrowserContext, Page } from 'playwright-core'

/** Who opens the panel, and where. */
export interface InZoom {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  /** Zoom's id of the user. */
  readonly uid: string
  /** The instance of the meeting; absent outside of one. */
  readonly mid?: string
}

/** The simulated account's Zoom user that agrees when nobody says who is asked. */
export const DANAS_ZOOM = 'z8yCxTTTTKWIFKy9d3VA'

/**
 * The panel as Zoom's client shows it: the client sends its header with each load, and answers what the SDK asks. The
 * SDK is the real one; it finds the bridge that Zoom's client for Android offers.
 */
export async function openPanel(context: BrowserContext, inZoom: InZoom): Promise<Page> {
  const { url, clientSecret, ...who } = inZoom
  const page = await context.newPage()
  const sealed = (): string => sealZoomAppContext(zoomAppClaims(who), clientSecret)
  await page.exposeFunction('zoomAppContext', sealed)
  await page.addInitScript(`window.android = {
    postMessage: async (json) => {
      const { jsCallId, apiName } = JSON.parse(json)
      const result = apiName === 'getAppContext'
        ? { context: await window.zoomAppContext() }
        : { clientVersion: '6.2.5', runningContext: 'inMeeting', unsupportedApis: [] }
      window.zoomSdk.native2js({ data: { type: 'apiResponse', data: { jsCallId, result } } })
    }
  }`)
  await page.route(
    ({ pathname }) => pathname === '/zoom-panel',
    (route) => route.continue({ headers: { ...route.request().headers(), 'x-zoom-app-context': sealed() } })
  )
  await page.goto(`${url}/zoom-panel`)
  return page
}
