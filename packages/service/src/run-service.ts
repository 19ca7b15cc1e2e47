import { ConfigError, type ConfigSpec } from './config/load-config.ts'
import { processEnvironment } from './config/environment.ts'
import type { ServiceManifest } from './manifest.ts'
import { postgresRefusal, RUNBOOK } from './postgres/postgres-refusals.ts'
import { startService, type RunningService } from './start-service.ts'

/** Exit code for a configuration that cannot work: starting again would not help. */
const EXIT_CONFIG = 78
const EXIT_FAILURE = 1
/** A stop that takes longer than this is cut: an orchestrator would kill the process anyway. */
const STOP_TIMEOUT_MS = 25_000

/**
 * The process of a service: starts it with this process' environment, stops it on SIGINT or SIGTERM, and ends with a
 * message that says what to do when it cannot start.
 */
export async function runService<Spec extends ConfigSpec, Deps>(manifest: ServiceManifest<Spec, Deps>): Promise<void> {
  const stopping = new AbortController()
  let running: RunningService | undefined
  const stop = (): void => {
    if (stopping.signal.aborted) return
    stopping.abort()
    setTimeout(() => process.exit(EXIT_FAILURE), STOP_TIMEOUT_MS).unref()
    void (running?.stop() ?? Promise.resolve()).then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    running = await startService(manifest, { environment: processEnvironment(), signal: stopping.signal })
    if (stopping.signal.aborted) await running.stop()
  } catch (error) {
    process.stderr.write(`${manifest.name}: ${describe(error)}\n`)
    process.exit(error instanceof ConfigError ? EXIT_CONFIG : EXIT_FAILURE)
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const refusal = postgresRefusal(error)
  if (refusal)
    return `${refusal.words}. Nothing was changed that is not whole; start again when it is mended. See ${RUNBOOK}`
  const code = (error as { code?: string }).code
  return code !== undefined && /^[A-Z_]+$/.test(code) ? `${error.message} (${code})` : (error.stack ?? error.message)
}
