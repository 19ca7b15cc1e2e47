import { PermanentError } from '@leadlog/contracts'
import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import { eventLogErrors } from '../errors.ts'
import type { Naming } from '../naming.ts'
import { bucketDifferences, bucketStreams } from './bucket-replicas.ts'
import { streamDifferences, type StreamDifference } from './stream-diff.ts'
import { streamConfig, streamSpecs, type StreamOptions, type WantedStreamConfig } from './stream-specs.ts'

const STREAM_NOT_FOUND = 10059

/** What {@link applyStreams} did to one stream. */
export interface StreamChange {
  readonly stream: string
  readonly action: 'created' | 'updated'
  readonly differences: readonly StreamDifference[]
}

/** How one stream stands to its specification. */
export interface StreamComparison {
  readonly stream: string
  readonly missing: boolean
  readonly differences: readonly StreamDifference[]
}

export interface StreamsContext {
  readonly manager: JetStreamManager
  readonly naming: Naming
  readonly options: StreamOptions
}

/**
 * Creates what is missing and refuses what differs, so that a stream never quietly keeps less than the code relies on.
 *
 * @throws PermanentError EVENT_LOG_STREAM_DRIFT naming every stream and field that differs
 */
export async function ensureStreams(context: StreamsContext): Promise<void> {
  const drifted: string[] = []
  for (const wanted of wantedConfigs(context)) {
    const actual = await findConfig(context.manager, wanted.name)
    if (actual === null) {
      await context.manager.streams.add(wanted)
      continue
    }
    for (const { field, is, shouldBe } of streamDifferences(wanted, actual)) {
      drifted.push(`${wanted.name}.${field} is ${JSON.stringify(is)}, should be ${JSON.stringify(shouldBe)}`)
    }
  }
  if (drifted.length > 0) {
    throw new PermanentError(
      eventLogErrors.streamDrift,
      `Streams differ from their specification: ${drifted.join('; ')}. Mend it with "npx leadlog streams apply"`
    )
  }
}

/** Compares every stream, and the replicas of the buckets, with what the code wants. Changes nothing. */
export async function diffStreams(context: StreamsContext): Promise<StreamComparison[]> {
  const { manager, naming, options } = context
  const compared: StreamComparison[] = []
  for (const wanted of wantedConfigs(context)) {
    const actual = await findConfig(manager, wanted.name)
    compared.push({
      stream: wanted.name,
      missing: actual === null,
      differences: actual === null ? [] : streamDifferences(wanted, actual)
    })
  }
  for (const stream of bucketStreams(naming)) {
    compared.push({
      stream,
      missing: false,
      differences: await bucketDifferences(manager, stream, options.replicas)
    })
  }
  return compared
}

/**
 * Creates what is missing and updates what differs. Buckets that exist already get the wanted number of replicas.
 *
 * @throws PermanentError EVENT_LOG_STREAM_DRIFT when the server does not allow the change
 */
export async function applyStreams(context: StreamsContext): Promise<StreamChange[]> {
  const changes: StreamChange[] = []
  for (const wanted of wantedConfigs(context)) {
    const actual = await findConfig(context.manager, wanted.name)
    if (actual === null) {
      await context.manager.streams.add(wanted)
      changes.push({ stream: wanted.name, action: 'created', differences: [] })
      continue
    }
    const differences = streamDifferences(wanted, actual)
    if (differences.length === 0) continue
    await update(context.manager, wanted, actual, differences)
    changes.push({ stream: wanted.name, action: 'updated', differences })
  }
  for (const stream of bucketStreams(context.naming)) {
    const differences = await bucketDifferences(context.manager, stream, context.options.replicas)
    if (differences.length === 0) continue
    await context.manager.streams.update(stream, { num_replicas: context.options.replicas })
    changes.push({ stream, action: 'updated', differences })
  }
  return changes
}

function wantedConfigs({ naming, options }: StreamsContext): WantedStreamConfig[] {
  return streamSpecs(options, naming).map((spec) => streamConfig(spec, options, naming))
}

async function findConfig(manager: JetStreamManager, name: string): Promise<object | null> {
  try {
    return (await manager.streams.info(name)).config
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return null
    throw error
  }
}

async function update(
  manager: JetStreamManager,
  wanted: WantedStreamConfig,
  actual: object,
  differences: readonly StreamDifference[]
): Promise<void> {
  try {
    await manager.streams.update(wanted.name, { ...actual, ...wanted })
  } catch (cause) {
    const fields = differences.map((difference) => difference.field).join(', ')
    throw new PermanentError(
      eventLogErrors.streamDrift,
      `Stream ${wanted.name} cannot be changed in place (${fields}): ${String(cause)}. ` +
        'Copy it to a new stream with the right specification and swap the names',
      { cause }
    )
  }
}
