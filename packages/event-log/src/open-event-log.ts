import { eventRegistry, type EventCipher, type EventRegistry } from '@leadlog/contracts'
import { jetstreamManager, type StreamState } from '@nats-io/jetstream'
import { createAppendPipeline, type AppendPipeline } from './append/append-pipeline.ts'
import { createWebhookAppender, WEBHOOK_TIMEOUT_MS } from './append/append-webhook.ts'
import { createAppendedHere } from './append/appended-here.ts'
import { createGuesses } from './append/guesses.ts'
import { createKeyedLock } from './append/keyed-lock.ts'
import type { Pace } from './append/pace.ts'
import { createRefusals } from './append/refusals.ts'
import { record } from './append/record.ts'
import { rehearse, type RehearseContext } from './append/rehearse.ts'
import type { RecordedReader } from './append/recorded-before.ts'
import { execute, transact, type TransactContext } from './append/transact.ts'
import { awaitOutcome, findCommand, findOutcome } from './commands/await-outcome.ts'
import type { CommandContext } from './commands/command-context.ts'
import { sendCommand } from './commands/send-command.ts'
import { settleCommand } from './commands/settle-command.ts'
import { createCodec } from './codec/codec.ts'
import { createEraser } from './erase/eraser.ts'
import { createObjectBodies } from './codec/object-bodies.ts'
import { unavailable } from './errors.ts'
import type { EventLog } from './event-log.ts'
import type { Logger } from './logger.ts'
import type { EventLogMetrics } from './metrics.ts'
import { createNaming } from './naming.ts'
import { createDirectReader } from './read/direct-reader.ts'
import { createLeaderReader } from './read/leader-reader.ts'
import { readBatches } from './read/read-batches.ts'
import { createHistories } from './read/histories.ts'
import { createHistoryCache } from './read/history-cache.ts'
import { connectToServers } from './server/connect.ts'
import { watchConnection } from './server/connection-watch.ts'
import { detectDurability } from './server/durability.ts'
import { rideThrough } from './server/ride-through.ts'
import { assertServerVersion } from './server/version-gate.ts'
import { DEFAULT_INGEST_MAX_AGE_MS } from './streams/stream-specs.ts'
import { onReadyServer } from './streams/server-not-ready.ts'
import { applyStreams, diffStreams, ensureStreams } from './streams/streams.ts'
import { createTimers } from './timers/timers.ts'

/** Enough for the histories of tens of thousands of small aggregates. */
const DEFAULT_CACHE_BYTES = 32 * 1024 * 1024

export interface OpenEventLogOptions {
  /** Comma-separated NATS URLs. */
  readonly servers: string
  /** Name of the connection in the server's monitoring, usually the service. */
  readonly name: string
  readonly logger: Logger
  /** May be set later with `useCipher`. */
  readonly cipher?: EventCipher | undefined
  /** All events of the system by default. */
  readonly registry?: EventRegistry | undefined
  /** Keeps systems or tests apart on one server; empty by default. */
  readonly prefix?: string | undefined
  /** Copies of every message; 1 by default, 3 in a cluster. */
  readonly replicas?: number | undefined
  /** How long raw webhooks are kept; 90 days by default. */
  readonly ingestMaxAgeMs?: number | undefined
  /** The `source` of the events written here; `leadlog/<name>` by default. */
  readonly source?: string | undefined
  readonly connectTimeoutMs?: number | undefined
  /** Keep trying when the server is away at start; false by default. */
  readonly waitOnFirstConnect?: boolean | undefined
  /** What the operator says about `sync_interval: always`, since a client cannot see it. */
  readonly declaredSyncAlways?: boolean | undefined
  readonly metrics?: EventLogMetrics | undefined
  /** Upper bound of the history cache; 32 MiB by default. */
  readonly cacheBytes?: number | undefined
  readonly clock?: (() => Date) | undefined
  readonly random?: (() => number) | undefined
  /** Chooses between single appends and batches; learns which is faster on the server by default. */
  readonly pace?: Pace | undefined
}

/**
 * Connects, checks the server's version and makes the log ready for use.
 *
 * @throws TransientError EVENT_LOG_CONNECT_FAILED; PermanentError EVENT_LOG_SERVER_TOO_OLD
 */
export async function openEventLog(options: OpenEventLogOptions): Promise<EventLog> {
  const { logger, metrics = {} } = options
  const naming = createNaming(options.prefix)
  const replicas = options.replicas ?? 1
  const connection = await connectToServers(options)
  const version = (): string => connection.info?.version ?? '0.0.0'
  try {
    assertServerVersion(version(), connection.getServer())
  } catch (error) {
    await connection.close()
    throw error
  }
  const manager = await jetstreamManager(connection, { checkAPI: false })
  const durability = await detectDurability(connection, { replicas, declaredSyncAlways: options.declaredSyncAlways })
  const watch = watchConnection(connection, logger)
  const streams = {
    manager,
    naming,
    options: { replicas, ingestMaxAgeMs: options.ingestMaxAgeMs ?? DEFAULT_INGEST_MAX_AGE_MS }
  }

  const source = options.source ?? `leadlog/${options.name}`
  const clock = options.clock ?? (() => new Date())
  let cipher = options.cipher
  const bodies = createObjectBodies(connection, naming, replicas)
  const codec = createCodec({
    registry: options.registry ?? eventRegistry,
    source,
    cipher: () => cipher,
    bodies,
    clock
  })
  const direct = createDirectReader(connection, naming, watch)
  const reader = replicas > 1 ? createLeaderReader(manager, naming, direct) : direct
  const histories = createHistories(reader, codec, createHistoryCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES))

  const refusals = createRefusals(logger)
  const pipelines = new Map<string, AppendPipeline>()
  const pipelineOf = (stream: string): AppendPipeline => {
    const timeoutMs = stream === 'INGEST' ? WEBHOOK_TIMEOUT_MS : undefined
    const found =
      pipelines.get(stream) ??
      createAppendPipeline({ connection, watch, stream, metrics, refusals, timeoutMs, pace: options.pace })
    pipelines.set(stream, found)
    return found
  }
  const eraser = createEraser({ manager, naming, codec, reader, pipeline: pipelineOf('INGEST') })
  const webhooks = createWebhookAppender({ codec, pipeline: pipelineOf('INGEST'), reader, naming })

  const readRecorded: RecordedReader = async (sequence, id) => {
    const found = await reader.bySequence('EVENTS', sequence)
    if (!found) return null
    const sealed = await codec.parse(found)
    return sealed.envelope.id === id ? codec.open(sealed) : null
  }
  const appendedHere = createAppendedHere()
  const transactions: TransactContext = {
    histories,
    codec,
    naming,
    watch,
    metrics,
    pipeline: pipelineOf('EVENTS'),
    lock: createKeyedLock(),
    recorded: readRecorded,
    appendedHere,
    guesses: createGuesses(),
    random: options.random ?? Math.random
  }

  const rehearsals: RehearseContext = { histories, recorded: readRecorded, appendedHere, source, clock }
  const commands: CommandContext = { connection, codec, naming, watch, reader, logger, pipeline: pipelineOf }
  const stateOf = async (stream: string): Promise<StreamState> => {
    try {
      return (await manager.streams.info(naming.stream(stream))).state
    } catch (error) {
      throw unavailable(`${stream} cannot be looked at: ${String(error)}`, error)
    }
  }
  const lastSequence = async (stream: string): Promise<number> => (await stateOf(stream)).last_seq
  const timers = createTimers({ connection, watch, manager, codec, naming })

  return {
    connection,
    naming,
    logger,
    metrics,
    watch,
    refusals: () => refusals.current(),
    serverInfo: () => ({ version: version(), durability }),
    useCipher(next) {
      cipher = next
    },
    async ensureStreams() {
      const changes = await rideThrough(watch, () => onReadyServer(() => ensureStreams(streams)))
      for (const { stream, action, differences } of changes) {
        const fields = differences.map(({ field }) => field)
        if (action === 'updated') logger.info({ stream, fields }, 'stream widened to what this release needs')
      }
    },
    diffStreams: () => diffStreams(streams),
    applyStreams: () => applyStreams(streams),
    appendWebhook: (entry) => webhooks.append(entry),
    eraseWebhook: (request) => rideThrough(watch, () => eraser.eraseWebhook(request)),
    eraseMessage: (stream, sequence) => rideThrough(watch, () => eraser.eraseMessage(stream, sequence)),
    load: (ref) => rideThrough(watch, () => histories.load(ref)),
    transact: (request) => transact(transactions, request),
    execute: (request) => execute(transactions, request),
    rehearse: (request, imagined = []) => rideThrough(watch, () => rehearse(rehearsals, request, imagined)),
    record: (request) => record({ codec, naming, watch, pipelineOf }, request),
    async get(stream, sequence) {
      const found = await rideThrough(watch, () => reader.bySequence(stream, sequence))
      return found ? codec.decode(found) : null
    },
    async getLast(stream, subject) {
      const found = await rideThrough(watch, () => reader.last(stream, subject))
      return found ? codec.decode(found) : null
    },
    async sequenceAt(stream, time) {
      const found = await rideThrough(watch, () => reader.since(stream, time))
      if (found) return found.sequence
      return (await lastSequence(stream)) + 1
    },
    decode: (message) => codec.decode(message),
    sendCommand: (request) => sendCommand(commands, request),
    settleCommand: (request) => settleCommand(commands, request),
    findCommand: (id) => findCommand(commands, id),
    findOutcome: (id) => findOutcome(commands, id),
    awaitOutcome: (id, timeoutMs) => awaitOutcome(commands, id, timeoutMs),
    schedule: (request) => timers.schedule(request),
    cancelTimer: (timer) => timers.cancel(timer),
    putObject: (name, bytes) => bodies.put(name, bytes),
    getObject: (name) => bodies.get(name),
    batches: (request) => readBatches({ connection, manager, naming, codec, watch, logger, metrics }, request),
    lastSequence,
    firstSequence: async (stream) => (await stateOf(stream)).first_seq,
    async close() {
      if (connection.isClosed()) return
      await Promise.all([...pipelines.values()].map((pipeline) => pipeline.close()))
      reader.close()
      await connection.drain()
    }
  }
}
