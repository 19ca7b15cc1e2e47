import type { Actor, DataOf, EventDefinition } from '@leadlog/contracts'
import type { EventCodec } from '../codec/codec.ts'
import { unavailable } from '../errors.ts'
import type { Naming } from '../naming.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { rideThrough } from '../server/ride-through.ts'
import type { AppendPipeline } from './append-pipeline.ts'
import type { Cause } from './cause.ts'

/** One event on a subject of its own choice, known by its id. */
export interface RecordRequest<D extends EventDefinition = EventDefinition> {
  /** Logical stream name, for example `DEAD_LETTERS`. */
  readonly stream: string
  /** Logical subject, for example `dead.crm-sync.write`. */
  readonly subject: string
  /** Deterministic: a second record of the same id within the stream's window is absorbed. */
  readonly id: string
  readonly definition: D
  readonly aggregateId: string
  readonly data: DataOf<D>
  readonly actor: Actor
  readonly cause: Cause
  /** Store only when the subject's last sequence is this one; 0 means that the subject must be empty. */
  readonly expectedSequence?: number
}

export interface RecordContext {
  readonly codec: EventCodec
  readonly naming: Naming
  readonly watch: ConnectionWatch
  readonly pipelineOf: (stream: string) => AppendPipeline
}

/** See EventLog.record. */
export async function record<D extends EventDefinition>(
  { codec, naming, watch, pipelineOf }: RecordContext,
  request: RecordRequest<D>
): Promise<{ stored: boolean; sequence: number | null }> {
  const message = await codec.encode({
    id: request.id,
    definition: request.definition,
    aggregateId: request.aggregateId,
    data: request.data,
    actor: request.actor,
    correlationId: request.cause.correlationId,
    causationId: request.cause.id,
    traceparent: request.cause.traceparent,
    stream: request.stream,
    subject: naming.subject(request.subject),
    expectedSequence: request.expectedSequence
  })
  const result = await rideThrough(watch, () => pipelineOf(request.stream).append([message]))
  switch (result.kind) {
    case 'stored':
      return { stored: true, sequence: result.sequences[0] ?? null }
    case 'duplicate':
      return { stored: false, sequence: result.sequence }
    case 'conflict':
      if (request.expectedSequence === undefined) throw unavailable(`${request.stream} reported a conflict`)
      return { stored: false, sequence: null }
  }
}
