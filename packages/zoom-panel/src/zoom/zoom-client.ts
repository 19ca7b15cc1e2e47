import type { ApiProblem } from '@leadlog/dashboard/api/problem.ts'

/** What the panel needs of Zoom's client. */
export interface ZoomClient {
  /** Who looks, and in which meeting, sealed for the gateway; null where this is no page of Zoom's client. */
  context(): Promise<string | null>
  /** Calls back when the meeting begins or ends around the panel. */
  onContextChange(listener: () => void): void
}

/** The version of the SDK that the panel was written for. */
const SDK_VERSION = '0.16'
const CAPABILITIES = ['getAppContext', 'getRunningContext', 'onRunningContextChange'] as const

/**
 * Zoom's client by its SDK, which must be configured before anything else. Elsewhere than in Zoom the SDK refuses that, and
 * there is no context. The SDK is loaded beside the page, so that what Zoom's client sent with it is used meanwhile.
 */
export function createZoomClient(): ZoomClient {
  const ready = configured()
  // Whoever asks hears of it.
  ready.catch(() => undefined)
  return {
    async context() {
      const client = await ready.catch(() => null)
      if (client === null) return null
      const { context } = await client.sdk.getAppContext()
      return context
    },
    onContextChange(listener) {
      ready.then(({ sdk }) => sdk.onRunningContextChange(() => listener())).catch(() => undefined)
    }
  }
}

/** In an object, as the SDK is a proxy that takes the `then` of a promise for one of its methods. */
async function configured() {
  const { default: sdk } = await import('@zoom/appssdk')
  await sdk.config({ capabilities: [...CAPABILITIES], version: SDK_VERSION })
  return { sdk }
}

/** Whether a context may be replaced by a fresh one: it is late, or came too often. */
export function wantsFreshContext({ status, code }: ApiProblem): boolean {
  return (status === 401 && code.startsWith('ZOOM_CONTEXT_')) || code === 'PANEL_CONTEXT_REPEATED'
}
