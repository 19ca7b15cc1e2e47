import { billing } from '@leadlog/billing'
import { crmSync } from '@leadlog/crm-sync'
import { crm } from '@leadlog/crm'
import { enrichment } from '@leadlog/enrichment'
import { gateway } from '@leadlog/gateway'
import { ingest } from '@leadlog/ingest'
import { meetings } from '@leadlog/meetings'
import { notifications } from '@leadlog/notifications'
import { commandsOf, eventsOf, specOf, type ConfigSpec, type MetricDefinition } from '@leadlog/service'
import { telephony } from '@leadlog/telephony'

/** What the documents say of a service. */
export interface ServiceFacts {
  readonly name: string
  readonly description: string
  readonly port: number
  readonly consumes: readonly string[]
  readonly emits: readonly string[]
  /** Types of the commands that it does. */
  readonly handles: readonly string[]
  readonly variables: ConfigSpec
  /** What it measures beside what all services do. */
  readonly metrics: readonly MetricDefinition[]
}

/** Every service, in the order of the main flow. */
export const services: readonly ServiceFacts[] = [
  factsOf(ingest),
  factsOf(telephony),
  factsOf(meetings),
  factsOf(crm),
  factsOf(enrichment),
  factsOf(crmSync),
  factsOf(billing),
  factsOf(notifications),
  factsOf(gateway)
]

/** Events that every service, or an operator, may record through the log itself. */
export const logEvents: readonly string[] = [
  'commands.CommandSettled.v1',
  'ingest.WebhookErased.v1',
  'privacy.ErasureRequested.v1',
  'privacy.PersonErased.v1',
  'privacy.PersonErased.v2',
  'privacy.ErasureCompleted.v1',
  'ops.AttemptFailed.v1',
  'ops.AttemptDeferred.v1',
  'ops.DeadLettered.v1',
  'ops.DeadLetterResolved.v1',
  'ops.DeadLetterRetryFailed.v1',
  'ops.DeadLetterDiscarded.v1'
]

/** Events that an operator's program records. */
export const operatorEvents: readonly string[] = [
  'ops.RedriveStarted.v1',
  'ops.RedriveStopped.v1',
  'ops.RedriveCompleted.v1',
  'ops.ReplayStarted.v1',
  'ops.ReplayStopped.v1',
  'ops.ReplayCompleted.v1'
]

function factsOf(
  manifest: Parameters<typeof eventsOf>[0] &
    Parameters<typeof specOf>[0] & {
      description: string
      defaultPort: number
      metrics?: readonly MetricDefinition[]
    }
): ServiceFacts {
  return {
    name: manifest.name,
    description: manifest.description,
    port: manifest.defaultPort,
    ...eventsOf(manifest),
    handles: commandsOf(manifest).map(({ message }) => message.type),
    variables: specOf(manifest),
    metrics: manifest.metrics ?? []
  }
}
