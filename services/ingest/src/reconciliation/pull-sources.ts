import type { ServiceContext } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { VendorResponse } from '@leadlog/outbound'
import type { ingestConfig } from '../config.ts'
import { calendlyApi } from './calendly/calendly-api.ts'
import { calendlySource } from './calendly/calendly-source.ts'
import { createPullClient } from './pull-client.ts'
import type { PullOptions, PullSource } from './pulled-item.ts'
import { readaiApi } from './readai/readai-api.ts'
import { readaiSource } from './readai/readai-source.ts'

type Parts = Pick<ServiceContext<typeof ingestConfig>, 'config' | 'logger' | 'metrics' | 'onStop' | 'redis'>

/** A source that can be asked whether it answers. */
export interface LookableSource extends PullSource {
  /** A small read; what was answered, in words. */
  look(options: PullOptions): Promise<string>
}

/** The sources whose token is set. */
export function pullSources({ config, logger, metrics, onStop, redis }: Parts): readonly LookableSource[] {
  const sources: LookableSource[] = []
  const { calendlyApiToken, readaiApiKey } = config
  if (config.calendlyEnabled && calendlyApiToken !== undefined) {
    const client = createPullClient({
      vendor: 'calendly',
      baseUrl: config.calendlyApiUrl,
      perMinute: config.calendlyRatePerMinute,
      authorization: () => Promise.resolve(`Bearer ${calendlyApiToken}`),
      tokenHint:
        'Set CALENDLY_API_TOKEN to a personal access token that may list the events of CALENDLY_API_SCOPE, then run again',
      readRetryAfterMs: rateLimitReset,
      privateHosts: config.privateHosts,
      redis,
      logger,
      metrics
    })
    onStop(() => client.close())
    sources.push({
      ...calendlySource(calendlyApi(client, config.calendlyApiScope), { horizonDays: config.reconcileHorizonDays }),
      look: async (options) => {
        await client.read(
          { operation: 'get-user', path: '/users/me' },
          Type.Object({ resource: Type.Object({}) }),
          options
        )
        return 'The token belongs to a user of Calendly'
      }
    })
  }
  if (config.readaiEnabled && readaiApiKey !== undefined) {
    const client = createPullClient({
      vendor: 'readai',
      baseUrl: config.readaiApiUrl,
      perMinute: config.readaiRatePerMinute,
      authorization: () => Promise.resolve(`Bearer ${readaiApiKey}`),
      tokenHint: 'Set READAI_API_KEY to a token with the scope meeting:read, then run again',
      privateHosts: config.privateHosts,
      redis,
      logger,
      metrics
    })
    onStop(() => client.close())
    sources.push({
      ...readaiSource(readaiApi(client)),
      look: async (options) => {
        const call = { operation: 'list-meetings', path: '/v1/meetings', query: { limit: 1 } }
        await client.read(call, Type.Object({ data: Type.Array(Type.Unknown()) }), options)
        return 'The token may list meetings'
      }
    })
  }
  return sources
}

/** Calendly says in seconds when its count begins anew. */
function rateLimitReset({ headers }: VendorResponse): number | undefined {
  const seconds = Number(headers['x-ratelimit-reset'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}
