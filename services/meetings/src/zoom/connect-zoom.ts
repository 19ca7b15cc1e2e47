import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { ERASED, PermanentError, TransientError } from '@leadlog/contracts'
import { createCircuit, type Circuit, type SingleFlightToken, type TokenSeal } from '@leadlog/outbound'
import { vendorMetrics, type ServiceContext } from '@leadlog/service'
import { createZoomBudgets, createZoomClient, createZoomOauth, type ZoomClient } from '@leadlog/zoom'
import type { meetingsConfig } from '../config.ts'
import { MEETINGS_SCHEMA } from '../migrations.ts'
import { createZoomConnections, type ZoomConnections } from './zoom-connections.ts'
import { createZoomGrants } from './zoom-grants.ts'

type Context = ServiceContext<typeof meetingsConfig>

/** Zoom as it is set up. */
export interface ConnectedZoom {
  readonly connections: ZoomConnections
  readonly clientWith: (token: Pick<SingleFlightToken, 'use'>) => ZoomClient
  readonly circuit: Circuit
}

/** The key that tokens are sealed under. */
const TOKEN_KEY_ID = 'vendor-tokens'
const REFRESH_WITHIN_MS = 15_000

/** Null where credentials, an address for Zoom to come back to, or a database are missing. Nothing is called yet. */
export function connectZoom(context: Context): ConnectedZoom | null {
  const { config, keyring, log, clock, logger, postgres, redis, metrics, onStop, tablesPending } = context
  const { zoomClientId: clientId, zoomClientSecret: clientSecret, privateHosts } = config
  const ownUrl = (config.meetingsUrl ?? config.publicUrl)?.replace(/\/+$/, '')
  if (clientId === undefined || clientSecret === undefined || ownUrl === undefined || postgres === undefined)
    return null
  const { onCallEnded, onCircuitChange, watchBudget } = vendorMetrics(metrics, 'zoom')
  const budgets = createZoomBudgets(config.zoomPlan, {
    account: keyring.fingerprint('zoom-account', clientId).slice(0, 16),
    ...(redis === undefined ? {} : { redis }),
    logger
  })
  watchBudget(budgets.light)
  const circuit = createCircuit({ vendor: 'zoom', logger, onChange: onCircuitChange })
  const common = { privateHosts, logger, onCallEnded }
  const oauth = createZoomOauth({
    ...common,
    baseUrl: config.zoomOauthUrl,
    clientId,
    clientSecret,
    timeoutMs: REFRESH_WITHIN_MS
  })
  onStop(async () => {
    budgets.close()
    await oauth.close()
  })
  const clientWith = (token: Pick<SingleFlightToken, 'use'>): ZoomClient =>
    createZoomClient({ ...common, baseUrl: config.zoomApiUrl, token, budgets, circuit })
  const grants = createZoomGrants({
    db: onceReady(postgres.db, tablesPending),
    schema: MEETINGS_SCHEMA,
    owner: `${hostname()}-${randomUUID()}`,
    seal: tokenSeal(keyring),
    now: () => clock.now().getTime()
  })
  const redirectUri = `${ownUrl}/zoom/callback`
  const connections = createZoomConnections({ grants, oauth, clientWith, clientId, redirectUri, log, clock, logger })
  return { connections, clientWith, circuit }
}

/** Tables are made once Postgres answers; until then what needs them is tried again shortly. */
const PENDING_AGAIN_MS = 1_000

function onceReady(
  db: NonNullable<Context['postgres']>['db'],
  tablesPending: Context['tablesPending']
): Parameters<typeof createZoomGrants>[0]['db'] {
  return {
    getExecutor: () => {
      const pending = tablesPending()
      if (pending === null) return db.getExecutor()
      throw new TransientError('MEETINGS_ZOOM_TABLES_PENDING', `Connections with Zoom are not usable yet: ${pending}`, {
        retryAfterMs: PENDING_AGAIN_MS,
        countsAsAttempt: false
      })
    }
  }
}

function tokenSeal(keyring: Context['keyring']): TokenSeal {
  const purpose = 'zoom-token'
  return {
    seal: (token) => keyring.seal(TOKEN_KEY_ID, token, purpose),
    open: async (sealed) => {
      const token = await keyring.open(TOKEN_KEY_ID, sealed, purpose)
      if (token === ERASED || typeof token !== 'string') {
        throw new PermanentError(
          'MEETINGS_ZOOM_TOKEN_UNREADABLE',
          'A token of Zoom cannot be opened: connect Zoom again'
        )
      }
      return token
    }
  }
}
