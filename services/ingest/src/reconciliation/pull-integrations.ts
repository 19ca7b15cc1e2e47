import type { ConfigOf, OwnIntegration } from '@leadlog/service'
import type { ingestConfig } from '../config.ts'
import type { LookableSource } from './pull-sources.ts'

/** The providers of webhooks that can be asked, as they are set up. */
export function pullIntegrations(
  config: ConfigOf<typeof ingestConfig>,
  sources: readonly LookableSource[]
): OwnIntegration[] {
  const of = (vendor: 'calendly' | 'readai', enabled: boolean, address: string, secrets: readonly string[]) => {
    const source = sources.find(({ name }) => name === vendor)
    const [token] = secrets
    const off = enabled
      ? `${token ?? 'Its token'} is not set: webhooks are taken, but what was lost is not asked for`
      : `ENABLE_${vendor.toUpperCase()} is false`
    return {
      vendor,
      inUse: source !== undefined,
      because: source === undefined ? off : 'Webhooks are taken, and what was lost is asked for',
      address: source === undefined ? null : address,
      secrets: [...secrets],
      posts: false,
      call: ({ signal }: { signal: AbortSignal }) =>
        source === undefined ? Promise.reject(new Error(off)) : source.look({ lane: 'person', signal })
    } satisfies OwnIntegration
  }
  return [
    of('calendly', config.calendlyEnabled, config.calendlyApiUrl, ['CALENDLY_API_TOKEN', 'CALENDLY_SIGNING_KEY']),
    of('readai', config.readaiEnabled, config.readaiApiUrl, ['READAI_API_KEY', 'READAI_SIGNING_KEY'])
  ]
}
