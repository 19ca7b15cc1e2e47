import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { ERASED, PermanentError, TransientError } from '@leadlog/contracts'
import {
  createCircuit,
  singleFlightToken,
  type Circuit,
  type SingleFlightToken,
  type TokenSeal
} from '@leadlog/outbound'
import { vendorMetrics, type ServiceContext } from '@leadlog/service'
import { createZoomBudgets, createZoomClient, createZoomOauth, type ZoomClient, type ZoomOauth } from '@leadlog/zoom'
import type { meetingsConfig } from '../config.ts'
import { MEETINGS_SCHEMA } from '../migrations.ts'
import { createZoomAccess, type ZoomAccess } from './zoom-access.ts'
import { createZoomConnections, type ZoomConnections } from './zoom-connections.ts'
import { createZoomGrants } from './zoom-grants.ts'

type Context = ServiceContext<typeof meetingsConfig>

/** Zoom as it is set up. */
export interface ConnectedZoom {
  /** Null where hosts cannot connect: their app or an address for Zoom to come back to is missing. */
  readonly connections: ZoomConnections | null
  /** Tokens of the account's own app (server-to-server); null where there is none. */
  readonly account: Pick<SingleFlightToken, 'use'> | null
  /** Whose credentials act for which host. */
  readonly access: ZoomAccess
  readonly circuit: Circuit
}

/** The key that tokens are sealed under. */
const TOKEN_KEY_ID = 'vendor-tokens'
const REFRESH_WITHIN_MS = 15_000

/** Null where credentials or a database are missing. Nothing is called yet. */
export function connectZoom(context: Context): ConnectedZoom | null {
  const { config, keyring, log, clock, logger, postgres, redis, metrics, onStop, tablesPending } = context
  const { zoomClientId: clientId, zoomClientSecret: clientSecret, privateHosts } = config
  const server = serverApp(config)
  const ownUrl = (config.meetingsUrl ?? config.publicUrl)?.replace(/\/+$/, '')
  const userApp =
    clientId !== undefined && clientSecret !== undefined && ownUrl !== undefined
      ? { clientId, clientSecret, redirectUri: `${ownUrl}/zoom/callback` }
      : null
  if (postgres === undefined || (server === null && userApp === null)) return null
  const { onCallEnded, onCircuitChange, watchBudget } = vendorMetrics(metrics, 'zoom')
  const budgets = createZoomBudgets(config.zoomPlan, {
    account: keyring.fingerprint('zoom-account', server?.accountId ?? clientId ?? '').slice(0, 16),
    ...(redis === undefined ? {} : { redis }),
    logger
  })
  watchBudget(budgets.light)
  const circuit = createCircuit({ vendor: 'zoom', logger, onChange: onCircuitChange })
  const common = { privateHosts, logger, onCallEnded }
  const seal = tokenSeal(keyring)
  const oauthOf = (app: { clientId: string; clientSecret: string }): ZoomOauth => {
    const { clientId: id, clientSecret: secret } = app
    const oauth = createZoomOauth({
      ...common,
      baseUrl: config.zoomOauthUrl,
      clientId: id,
      clientSecret: secret,
      timeoutMs: REFRESH_WITHIN_MS
    })
    onStop(() => oauth.close())
    return oauth
  }
  onStop(() => budgets.close())
  const clientWith = (token: Pick<SingleFlightToken, 'use'>): ZoomClient =>
    createZoomClient({ ...common, baseUrl: config.zoomApiUrl, token, budgets, circuit })

  const connectAccount = (app: NonNullable<typeof server>): SingleFlightToken => {
    const oauth = oauthOf(app)
    return singleFlightToken({
      vendor: 'zoom',
      credentials: `${app.clientId} ${app.accountId}`,
      refresh: () => oauth.serverToken(app.accountId),
      seal,
      logger,
      clock: () => clock.now(),
      ...(redis === undefined ? {} : { redis })
    })
  }
  const connectHosts = (app: NonNullable<typeof userApp>): ZoomConnections => {
    const grants = createZoomGrants({
      db: onceReady(postgres.db, tablesPending),
      schema: MEETINGS_SCHEMA,
      owner: `${hostname()}-${randomUUID()}`,
      seal,
      now: () => clock.now().getTime()
    })
    return createZoomConnections({ ...app, grants, oauth: oauthOf(app), clientWith, log, clock, logger })
  }
  const account = server === null ? null : connectAccount(server)
  const connections = userApp === null ? null : connectHosts(userApp)
  const access = createZoomAccess({ connections, account, clientWith })
  onStop(() => access.close())
  return { connections, account, access, circuit }
}

/** The account's own app; null where it is not set up. Its credentials are those of the hosts' app where it has none of its own. */
function serverApp({
  zoomAccountId: accountId,
  zoomServerClientId,
  zoomServerClientSecret,
  zoomClientId,
  zoomClientSecret
}: Context['config']): { accountId: string; clientId: string; clientSecret: string } | null {
  const [clientId, clientSecret] =
    zoomServerClientId === undefined ? [zoomClientId, zoomClientSecret] : [zoomServerClientId, zoomServerClientSecret]
  if (accountId === undefined || clientId === undefined || clientSecret === undefined) return null
  return { accountId, clientId, clientSecret }
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
