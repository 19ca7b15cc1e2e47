import type { EventDefinition, FlagName } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import type { AnyProjection, RunningProjections } from '@leadlog/projections'
import type { Redis } from 'ioredis'
import type { Clock } from './clock.ts'
import type { BaseConfig } from './config/base-config.ts'
import type { ConfigCheck, ConfigOf, ConfigSpec } from './config/load-config.ts'
import { COMMANDS_HANDLER } from './command/start-commands.ts'
import type { CommandHandler } from './command/command-handler.ts'
import type { Flags } from './flags/watch-flags.ts'
import type { BatchReactor, Reactor } from './handler/reactor.ts'
import type { HttpServer } from './http/http-server.ts'
import type { Logger } from './logger.ts'
import type { MetricDefinition } from './metrics/definition.ts'
import type { ServiceMetrics } from './metrics/metrics.ts'
import type { ServiceMigrations } from './postgres/migrate.ts'
import type { Postgres } from './postgres/postgres.ts'
import type { Readiness } from './readiness.ts'

/** What a service is given to build its own dependencies from. */
export interface ServiceContext<Spec extends ConfigSpec> {
  readonly name: string
  readonly config: BaseConfig & ConfigOf<Spec>
  readonly logger: Logger
  readonly log: EventLog
  readonly keyring: Keyring
  /** Present where the manifest says that it uses Postgres; of one that uses it `aside` only where DATABASE_URL is set. */
  readonly postgres: Postgres | undefined
  /** Why the service's tables cannot be used yet, as half a sentence; null once they can. Only with `aside` ever another. */
  readonly tablesPending: () => string | null
  /** Present where the manifest says that it uses Redis and REDIS_URL is set. */
  readonly redis: Redis | undefined
  readonly metrics: ServiceMetrics
  readonly readiness: Readiness
  readonly clock: Clock
  /** How the flags stand that the manifest names. */
  readonly flags: Flags
  /** Runs when the process stops, newest first, after the handlers have finished. */
  readonly onStop: (release: () => Promise<void> | void) => void
}

/** What runs by the time the routes are registered. */
export interface ServiceRuntime {
  /** Present where the service has projections. */
  readonly projections: RunningProjections | undefined
}

/**
 * A service as the explicit list of its parts. What it consumes and emits is computed from it; nothing is found by
 * scanning.
 */
export interface ServiceManifest<Spec extends ConfigSpec = ConfigSpec, Deps = unknown> {
  readonly name: string
  /** One sentence for the README tables. */
  readonly description: string
  readonly defaultPort: number
  /** The service's own variables; those of every service come on top. */
  readonly config: Spec
  readonly check?: ConfigCheck<Spec>
  /** False: the capability is switched off; its reactors do not run, and what waits for them is kept. */
  readonly isEnabled?: (config: BaseConfig & ConfigOf<Spec>) => boolean
  /** Flags that its parts ask for; those that pause its reactors need not be named. */
  readonly flags?: readonly FlagName[]
  /**
   * `aside`: a part of its work needs Postgres, the main one does not. It starts and is ready without; its migrations are applied
   * once Postgres answers, and what needs the tables waits. Projections cannot be kept so.
   */
  readonly uses: { readonly postgres: boolean | 'aside'; readonly redis: boolean }
  readonly migrations?: ServiceMigrations
  /** What the service measures beside what all do; nothing else can be measured. */
  readonly metrics?: readonly MetricDefinition[]
  /** Builds what reactors and routes need. */
  setup(context: ServiceContext<Spec>): Promise<Deps> | Deps
  readonly reactors: readonly (Reactor<NoInfer<Deps>> | BatchReactor<NoInfer<Deps>>)[]
  readonly projections: readonly AnyProjection[]
  /**
   * What reactors get where a message is only tried: nothing of it may call the outside. What they append is decided and
   * dropped. Without it the service cannot be tried dry.
   */
  readonly simulate?: (deps: Deps) => NoInfer<Deps>
  /** The commands that it does; one durable consumer for all of them. */
  readonly commands?: readonly CommandHandler<NoInfer<Deps>>[]
  /** Events that are appended outside of reactors, for example by a route. */
  readonly appends?: readonly EventDefinition[]
  readonly routes?: (app: HttpServer, deps: Deps, runtime: ServiceRuntime) => void | Promise<void>
  readonly bodyLimit?: (config: BaseConfig & ConfigOf<Spec>) => number
}

/** Declares a service; checks that names are unique. */
export function defineService<Spec extends ConfigSpec, Deps>(
  manifest: ServiceManifest<Spec, Deps>
): ServiceManifest<Spec, Deps> {
  if (manifest.uses.postgres !== true && manifest.projections.length > 0)
    throw new TypeError(`Service ${manifest.name} has projections: it uses Postgres, not aside`)
  const seen = new Set<string>()
  seen.add(COMMANDS_HANDLER)
  for (const { name } of [...manifest.reactors, ...manifest.projections]) {
    if (seen.has(name)) throw new TypeError(`Service ${manifest.name} lists "${name}" twice`)
    seen.add(name)
  }
  for (const { command } of manifest.commands ?? []) {
    if (command.service !== manifest.name)
      throw new TypeError(`Service ${manifest.name} cannot do ${command.message.type}, a command to ${command.service}`)
    if (seen.has(command.name)) throw new TypeError(`Service ${manifest.name} lists "${command.name}" twice`)
    seen.add(command.name)
  }
  return manifest
}

/** The part of a reactor that says what goes in and out. */
type DeclaredEvents = Pick<Reactor<never>, 'on' | 'emits'>

/** What a service takes from the log and what it adds to it. */
export function eventsOf(
  manifest: Pick<ServiceManifest, 'projections' | 'appends'> & {
    reactors: readonly DeclaredEvents[]
    commands?: readonly Pick<CommandHandler<never>, 'command' | 'emits'>[]
  }
): {
  consumes: readonly string[]
  emits: readonly string[]
} {
  const types = (definitions: readonly EventDefinition[]): string[] => definitions.map((definition) => definition.type)
  const unique = (values: string[]): string[] => [...new Set(values)].sort()
  return {
    consumes: unique([
      ...manifest.reactors.flatMap((reactor) => types(reactor.on)),
      ...manifest.projections.flatMap((projection) =>
        projection.subscriptions.flatMap((subscription) => [...subscription.types])
      )
    ]),
    emits: unique([
      ...manifest.reactors.flatMap((reactor) => types(reactor.emits)),
      ...(manifest.commands ?? []).flatMap((handler) => types(handler.emits)),
      ...types(manifest.appends ?? [])
    ])
  }
}

/** Every flag that switches something of the service. */
export function flagsOf(
  manifest: Pick<ServiceManifest, 'flags'> & { readonly reactors: readonly Pick<Reactor<never>, 'pausedBy'>[] }
): readonly FlagName[] {
  const pausing = manifest.reactors.flatMap(({ pausedBy }) => (pausedBy === undefined ? [] : [pausedBy]))
  return [...new Set([...(manifest.flags ?? []), ...pausing])]
}
