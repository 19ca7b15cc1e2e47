import { billing } from '@leadlog/billing'
import { crm } from '@leadlog/crm'
import { crmSync } from '@leadlog/crm-sync'
import { enrichment } from '@leadlog/enrichment'
import { gateway } from '@leadlog/gateway'
import { ingest } from '@leadlog/ingest'
import { meetings } from '@leadlog/meetings'
import { notifications } from '@leadlog/notifications'
import { telephony } from '@leadlog/telephony'
import type { EventDefinition, FlagName } from '@leadlog/contracts'
import type { AnyProjection } from '@leadlog/projections'
import { commonStream, eventsOf, subjectsOf, type ConfigSpec } from '@leadlog/service'

/** The manifests of all services, in the order of the main flow. */
export const manifests = [
  ingest,
  telephony,
  meetings,
  crm,
  enrichment,
  crmSync,
  billing,
  notifications,
  gateway
] as const

/** A durable consumer of a service, as its manifest declares it. */
export interface DeclaredHandler {
  readonly service: string
  readonly handler: string
  readonly stream: string
  readonly subjects: readonly string[]
  readonly on: readonly string[]
  readonly emits: readonly string[]
  /** Effects on the outside that it can be told to make once more, by their names. */
  readonly repeatable: readonly string[]
  /** The flag that pauses it; null where none does. */
  readonly pausedBy: FlagName | null
}

interface DeclaredReactor {
  readonly name: string
  readonly on: readonly EventDefinition[]
  readonly emits: readonly EventDefinition[]
  readonly subjects?: readonly string[]
  readonly repeatable?: readonly string[]
  readonly pausedBy?: FlagName
}

/** A service's manifest as far as the operator cares, without the types of its dependencies. */
export interface DeclaredService {
  readonly name: string
  readonly description: string
  readonly defaultPort: number
  readonly config: ConfigSpec
  readonly reactors: readonly DeclaredReactor[]
  readonly projections: readonly AnyProjection[]
  readonly appends?: readonly EventDefinition[]
}

export const declaredServices: readonly DeclaredService[] = manifests

/** Every handler of every service. */
export const declaredHandlers: readonly DeclaredHandler[] = declaredServices.flatMap(({ name, reactors }) =>
  reactors.map((reactor) => ({
    service: name,
    handler: reactor.name,
    stream: commonStream(reactor.on),
    subjects: reactor.subjects ?? subjectsOf(reactor.on),
    on: reactor.on.map(({ type }) => type),
    emits: reactor.emits.map(({ type }) => type),
    repeatable: reactor.repeatable ?? [],
    pausedBy: reactor.pausedBy ?? null
  }))
)

/** Every read model of every service, with its owner. */
export const declaredProjections: readonly { readonly service: string; readonly projection: AnyProjection }[] =
  declaredServices.flatMap(({ name, projections }) => projections.map((projection) => ({ service: name, projection })))

/** What each service takes from the log and adds to it. */
export function eventsOfServices() {
  return declaredServices.map((service) => ({ service: service.name, ...eventsOf(service) }))
}
