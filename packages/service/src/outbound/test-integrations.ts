import { refuse, testIntegrations, type Integration, type servicesWithIntegrations } from '@leadlog/contracts'
import { defineCommandHandler, type CommandHandler } from '../command/command-handler.ts'

/** A vendor of a service, as it is set up. */
export interface OwnIntegration extends Omit<Integration, 'test' | 'circuit' | 'inside' | 'host'> {
  /** Where its calls go; null where there are none. */
  readonly address: string | null
  readonly circuit?: () => string
  /** A real call in the lane `person` that changes nothing, or, where it `posts`, a marked test. What was answered, in words. */
  readonly call: (options: { readonly signal: AbortSignal }) => Promise<string>
}

/** What the command needs of a service. */
export interface IntegrationDeps {
  readonly integrations: readonly OwnIntegration[]
  readonly privateHosts: readonly string[]
}

/** The command by which people see whether a service's vendors answer. A vendor that fails is a result, not a failure. */
export function testIntegrationsCommand(
  service: (typeof servicesWithIntegrations)[number]
): CommandHandler<IntegrationDeps> {
  return defineCommandHandler({
    command: testIntegrations(service),
    emits: [],
    handle: async ({ vendor, mayPost = false }, { integrations, privateHosts }: IntegrationDeps, { clock, signal }) => {
      const wanted = integrations.find((one) => one.vendor === vendor)
      if (vendor !== undefined) {
        const known = integrations.map((one) => one.vendor).join(', ')
        if (wanted === undefined)
          return refuse('INTEGRATION_UNKNOWN', `There is no "${vendor}" here; there are ${known}`)
        if (!wanted.inUse) return refuse('INTEGRATION_OFF', `${vendor} is not called: ${wanted.because}`)
        if (wanted.posts && !mayPost) return refuse('INTEGRATION_POSTS', `People see a test of ${vendor}; say mayPost`)
      }
      const test = wanted === undefined ? null : await called(wanted, clock, signal)
      const shown = ({ address, circuit, call: _call, ...one }: OwnIntegration): Integration => {
        const host = address === null ? null : new URL(address).hostname
        const isWanted = one.vendor === wanted?.vendor
        const inside = host !== null && privateHosts.some((entry) => entry.toLowerCase() === host)
        return {
          ...one,
          secrets: [...one.secrets],
          host,
          inside,
          circuit: circuit?.() ?? null,
          test: isWanted ? test : null
        }
      }
      return { integrations: integrations.map(shown) }
    }
  })
}

/** Longer than any of the vendors' own limits would keep a person waiting for an answer. */
const PATIENCE_MS = 20_000

async function called(
  { call }: OwnIntegration,
  clock: { now(): Date },
  signal: AbortSignal
): Promise<NonNullable<Integration['test']>> {
  const began = performance.now()
  const ended = (ok: boolean, words: string, code: string | null) => {
    const millis = Math.round(performance.now() - began)
    return { at: clock.now().toISOString(), ok, words: words.slice(0, 300), code, millis }
  }
  try {
    return ended(true, await call({ signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) }), null)
  } catch (error) {
    return ended(false, error instanceof Error ? error.message : String(error), codeOf(error))
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
