import { PermanentError } from '@leadlog/contracts'
import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import { eventLogErrors } from '../errors.ts'
import type { Naming } from '../naming.ts'
import { bucketDifferences, bucketStreams } from './bucket-replicas.ts'
import { streamDifferences, type StreamDifference } from './stream-diff.ts'
import { mendingOf } from './stream-mending.ts'
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
 * Creates what is missing, and widens what an older release made: more subjects, more room, a feature switched on. Refuses
 * any other difference, so that a stream never quietly keeps less than the code relies on; then nothing at all is changed.
 *
 * @returns what was created and widened
 * @throws PermanentError EVENT_LOG_STREAM_DRIFT naming every stream and field that has to be mended by a person
 */
export async function ensureStreams(context: StreamsContext): Promise<StreamChange[]> {
  const { manager } = context
  const found: { wanted: WantedStreamConfig; actual: object | null; widened: readonly StreamDifference[] }[] = []
  const drifted: { stream: string; difference: StreamDifference }[] = []
  for (const wanted of wantedConfigs(context)) {
    const actual = await findConfig(manager, wanted.name)
    const differences = actual === null ? [] : streamDifferences(wanted, actual)
    for (const difference of differences) {
      if (!['none', 'start'].includes(mendingOf(difference))) drifted.push({ stream: wanted.name, difference })
    }
    found.push({ wanted, actual, widened: differences.filter((difference) => mendingOf(difference) === 'start') })
  }
  if (drifted.length > 0) throw streamDrift(drifted)
  const changes: StreamChange[] = []
  for (const { wanted, actual, widened } of found) {
    if (actual === null) {
      await manager.streams.add(wanted)
      changes.push({ stream: wanted.name, action: 'created', differences: [] })
    } else if (widened.length > 0) {
      // Only these fields: what a newer release has widened stays.
      const fields = Object.fromEntries(widened.map(({ field, shouldBe }) => [field, shouldBe]))
      await update(manager, wanted.name, { ...actual, ...fields }, widened)
      changes.push({ stream: wanted.name, action: 'updated', differences: widened })
    }
  }
  return changes
}

function streamDrift(drifted: readonly { stream: string; difference: StreamDifference }[]): PermanentError {
  const fixed = drifted.filter(({ difference }) => mendingOf(difference) === 'copy')
  const told = drifted.map(({ stream, difference: { field, is, shouldBe } }) => {
    return `${stream}.${field} is ${JSON.stringify(is)}, should be ${JSON.stringify(shouldBe)}`
  })
  const mend =
    fixed.length === 0
      ? 'Nothing was changed. See it with "npx leadlog streams diff", mend it with "npx leadlog streams apply"'
      : `Nothing was changed. ${fixed.map(({ stream, difference }) => `${stream}.${difference.field}`).join(', ')} cannot be ` +
        'changed in a stream that exists: see docs/runbooks/stream-drift.md'
  return new PermanentError(
    eventLogErrors.streamDrift,
    `Streams differ from their specification: ${told.join('; ')}. ${mend}`
  )
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
    await update(context.manager, wanted.name, { ...actual, ...wanted }, differences)
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
  stream: string,
  config: object,
  differences: readonly StreamDifference[]
): Promise<void> {
  try {
    await manager.streams.update(stream, config)
  } catch (cause) {
    const fields = differences.map(({ field }) => field).join(', ')
    throw new PermanentError(
      eventLogErrors.streamDrift,
      `Stream ${stream} cannot be changed in place (${fields}): ${String(cause)}. See docs/runbooks/stream-drift.md`,
      { cause }
    )
  }
}
