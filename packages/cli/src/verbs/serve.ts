import { billing } from '@leadlog/billing'
import { crm } from '@leadlog/crm'
import { crmSync } from '@leadlog/crm-sync'
import { enrichment } from '@leadlog/enrichment'
import { gateway } from '@leadlog/gateway'
import { ingest } from '@leadlog/ingest'
import { meetings } from '@leadlog/meetings'
import { notifications } from '@leadlog/notifications'
import { startService, type RunningService, type StartOptions } from '@leadlog/service'
import { telephony } from '@leadlog/telephony'
import { defineVerb, manyOrNone } from '../declaration/verb.ts'
import { usageError } from '../errors.ts'

/** Every service by its name; each has dependencies of a type of its own, hence a function for each. */
const starters: Readonly<Record<string, (options: StartOptions) => Promise<RunningService>>> = {
  ingest: (options) => startService(ingest, options),
  telephony: (options) => startService(telephony, options),
  meetings: (options) => startService(meetings, options),
  crm: (options) => startService(crm, options),
  enrichment: (options) => startService(enrichment, options),
  'crm-sync': (options) => startService(crmSync, options),
  billing: (options) => startService(billing, options),
  notifications: (options) => startService(notifications, options),
  gateway: (options) => startService(gateway, options)
}

export const verb = defineVerb({
  description: [
    'All of them, or the named ones, configured by the environment as each alone would be. One process fails as a whole; where that',
    'matters, run each by itself: node services/<name>/src/main.ts. Ctrl-C stops them in order.'
  ].join('\n'),
  arguments: { services: manyOrNone('only these services') },
  examples: [
    ['leadlog serve', 'every service in one process'],
    ['leadlog serve ingest meetings', 'two of them']
  ],
  async run({ target, out, signal }, { services }) {
    const unknown = services.filter((name) => !(name in starters))
    if (unknown.length > 0)
      throw usageError(`There is no service ${unknown.join(', ')}; there are ${Object.keys(starters).join(', ')}`)
    const chosen = Object.entries(starters).filter(([name]) => services.length === 0 || services.includes(name))
    const running: RunningService[] = []
    const stop = async (): Promise<void> => {
      for (const service of running.splice(0).toReversed()) await service.stop()
    }
    try {
      for (const [, start] of chosen) {
        signal.throwIfAborted()
        running.push(await start({ environment: target.environment, signal }))
      }
      out.note(running.map(({ name, url }) => `${name.padEnd(13)}  ${url}`).join('\n'))
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    } finally {
      await stop()
    }
  }
})
