import { mendingOf } from '@leadlog/event-log'
import { readPositions, type ProjectionPosition } from '@leadlog/projections'
import { FLAG_MEANINGS, FLAGS, type FlagName } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { findLedger, openReadDatabase } from '@leadlog/gateway/read-models'
import { flagRef, isFlagOn } from '@leadlog/service'
import type { Context } from '../context.ts'
import { explainError } from '../explain-error.ts'
import { counted } from '../output/quantity.ts'
import { version } from '../version.ts'
import { isSwitchedOff } from './flags.ts'
import { handlerStates, type HandlerState } from './handlers.ts'
import { declaredProjections, declaredServices } from './manifests.ts'
import { serviceHealth, type ServiceHealth } from './service-health.ts'
import { streamStates, type StreamState } from './streams.ts'

/** Something that needs a person, and what the person can do. */
export interface Problem {
  readonly what: string
  readonly next: string
}

/** Of today (UTC). */
export interface LedgerOfToday {
  readonly received: number
  readonly ignored: number
  readonly processing: number
  readonly processed: number
  readonly failed: number
  readonly balanced: boolean
}

/** A flag that somebody switched off while everything runs. */
export interface SwitchedOffFlag {
  readonly flag: FlagName
  readonly means: string
  readonly since: string
  readonly by: string
  readonly reason: string
}

/** How the system is. What could not be asked is null, with the reason among the problems. */
export interface Status {
  readonly at: string
  readonly system: 'local' | 'environment'
  readonly versions: { readonly leadlog: string; readonly nats: string | null; readonly postgres: string | null }
  readonly durability: string | null
  readonly services: readonly (ServiceHealth & { readonly switchedOff: boolean })[]
  readonly streams: readonly StreamState[] | null
  readonly handlers: readonly HandlerState[] | null
  readonly flagsOff: readonly SwitchedOffFlag[] | null
  readonly projections: readonly ProjectionPosition[] | null
  readonly openDeadLetters: number | null
  readonly ledgerToday: LedgerOfToday | null
  readonly problems: readonly Problem[]
}

export async function readStatus(context: Context): Promise<Status> {
  const { target, now, signal } = context
  const at = now()
  const [services, log, database] = await Promise.all([
    serviceHealth(target, signal),
    asked('NATS', () => readLog(context)),
    asked('Postgres', () => readDatabase(context, at))
  ])
  const switchedOff = new Set(
    declaredServices.filter((service) => isSwitchedOff(service, target.environment)).map(({ name }) => name)
  )
  const problems = [
    ...[log, database].flatMap(({ problem }) => (problem ? [problem] : [])),
    ...services.flatMap(serviceProblems),
    ...(log.value ? logProblems(log.value, switchedOff) : []),
    ...(database.value ? databaseProblems(database.value) : [])
  ]
  return {
    at: at.toISOString(),
    system: target.origin,
    versions: { leadlog: version, nats: log.value?.version ?? null, postgres: database.value?.version ?? null },
    durability: log.value?.durability ?? null,
    services: services.map((service) => ({ ...service, switchedOff: switchedOff.has(service.service) })),
    streams: log.value?.streams ?? null,
    handlers: log.value?.handlers ?? null,
    flagsOff: log.value?.flagsOff ?? null,
    projections: database.value?.projections ?? null,
    openDeadLetters: database.value?.openDeadLetters ?? null,
    ledgerToday: database.value?.ledgerToday ?? null,
    problems
  }
}

type Asked<T> = { readonly value: T; readonly problem?: never } | { readonly value?: never; readonly problem: Problem }

/** One part that does not answer must not hide what the others say. */
async function asked<T>(server: string, ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { value: await ask() }
  } catch (error) {
    const { message } = explainError(error)
    const runbook = server === 'NATS' ? 'nats-away' : 'postgres-away'
    return { problem: { what: `${server} could not be asked: ${message}`, next: `see docs/runbooks/${runbook}.md` } }
  }
}

interface LogPart {
  readonly version: string
  readonly durability: string
  readonly streams: readonly StreamState[]
  readonly handlers: readonly HandlerState[]
  readonly drifted: readonly string[]
  readonly flagsOff: readonly SwitchedOffFlag[]
}

async function readLog({ connect }: Context): Promise<LogPart> {
  const log = await connect.sealedLog()
  const { natsReplicas, idempotencyTtlSeconds } = await connect.config()
  const [streams, handlers, compared, flagsOff] = await Promise.all([
    streamStates(log, { replicas: natsReplicas, ingestMaxAgeMs: idempotencyTtlSeconds * 1_000 }),
    handlerStates(log),
    log.diffStreams(),
    findFlagsOff(log)
  ])
  const drifted = compared
    .filter(({ differences }) => differences.some((difference) => mendingOf(difference) !== 'none'))
    .map(({ stream }) => stream)
  return { ...log.serverInfo(), streams, handlers, drifted, flagsOff }
}

/** From the log and not from a read model: it is known while Postgres is away. */
async function findFlagsOff(log: Pick<EventLog, 'load'>): Promise<SwitchedOffFlag[]> {
  const all = await Promise.all(
    FLAGS.map(async (flag): Promise<SwitchedOffFlag[]> => {
      const { events } = await log.load(flagRef(flag))
      const last = events.at(-1)
      if (last === undefined || isFlagOn(events)) return []
      const { reason } = last.data as { reason: string }
      return [{ flag, means: FLAG_MEANINGS[flag].off, since: last.time, by: last.actor, reason }]
    })
  )
  return all.flat()
}

interface DatabasePart {
  readonly version: string
  readonly projections: readonly ProjectionPosition[]
  readonly openDeadLetters: number
  readonly ledgerToday: LedgerOfToday
}

const DAY_MS = 86_400_000

async function readDatabase({ connect }: Context, now: Date): Promise<DatabasePart> {
  const pool = await connect.pool()
  const { rows } = await pool.query<{ version: string }>(`select current_setting('server_version') as version`)
  const log = await connect.sealedLog()
  const projections = await readPositions(
    pool,
    log,
    declaredProjections.map(({ projection }) => projection),
    () => now
  )
  const { databaseUrl = '' } = await connect.config()
  const reads = openReadDatabase({ url: databaseUrl, logger: await connect.logger() })
  connect.onClose(() => reads.close())
  const open = await reads.db
    .selectFrom('gateway.dead_letters')
    .select(({ fn }) => fn.countAll<string>().as('open'))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const range = { from: new Date(today).toISOString(), to: new Date(today + DAY_MS).toISOString() }
  const { totals, balanced } = await findLedger(reads.db, range)
  const { received, ignored, processing, processed, failed } = totals
  return {
    version: rows[0]?.version.split(' ')[0] ?? '',
    projections,
    openDeadLetters: Number(open.open),
    ledgerToday: { received, ignored, processing, processed, failed, balanced }
  }
}

function serviceProblems({ service, state, detail }: ServiceHealth): Problem[] {
  const because = detail === null ? '' : ` (${detail})`
  if (state === 'unreachable') {
    return [{ what: `${service} does not answer${because}`, next: 'see docs/runbooks/service-down.md' }]
  }
  if (state === 'not-ready') {
    return [{ what: `${service} is not ready${because}`, next: 'see docs/runbooks/service-not-ready.md' }]
  }
  return []
}

/** More than this waits only where a handler is behind or stands still. */
const BACKLOG_LIMIT = 1_000

function logProblems(
  { streams, handlers, drifted, durability, flagsOff }: LogPart,
  switchedOff: ReadonlySet<string>
): Problem[] {
  const off = new Set<FlagName | null>(flagsOff.map(({ flag }) => flag))
  const missing = streams
    .filter(({ exists, stream }) => !exists && !/^(KV|OBJ)_/.test(stream))
    .map(({ stream }) => stream)
  const unattended = handlers.filter(
    ({ attended, waiting, service, pausedBy }) =>
      !attended && waiting > 0 && !switchedOff.has(service) && !off.has(pausedBy)
  )
  return [
    ...(missing.length > 0
      ? [{ what: `streams are missing: ${missing.join(', ')}`, next: 'start a service, or run: leadlog streams apply' }]
      : []),
    ...(drifted.length > 0
      ? [{ what: `streams are not as the code wants them: ${drifted.join(', ')}`, next: 'leadlog streams diff' }]
      : []),
    ...(durability === 'safe'
      ? []
      : [
          {
            what: `what is stored may be lost with the power: durability is ${durability}`,
            next: 'set sync_interval: always (and NATS_SYNC_ALWAYS=true), or NATS_REPLICAS=3'
          }
        ]),
    ...unattended.map(({ service, handler, waiting }) => ({
      what: `nobody handles ${String(waiting)} messages of ${service}/${handler}`,
      next: `start ${service}; see docs/runbooks/handler-stuck.md`
    })),
    ...handlers
      .filter(({ waiting, attended }) => attended && waiting > BACKLOG_LIMIT)
      .map(({ service, handler, waiting }) => ({
        what: `${String(waiting)} messages wait for ${service}/${handler}`,
        next: 'see docs/runbooks/handler-backlog.md'
      }))
  ]
}

/** A projection that is level is milliseconds behind. */
const LAG_LIMIT_SECONDS = 30

function databaseProblems({ projections, openDeadLetters, ledgerToday }: DatabasePart): Problem[] {
  const parked = new Map<string, number>()
  for (const { projection, parkedKeys } of projections) {
    if (parkedKeys > 0) parked.set(projection, (parked.get(projection) ?? 0) + parkedKeys)
  }
  return [
    ...projections
      .filter(({ lagSeconds }) => lagSeconds > LAG_LIMIT_SECONDS)
      .map(({ projection, stream, lagEvents, lagSeconds }) => ({
        what: `${projection} is ${String(lagEvents)} messages of ${stream} behind, ${String(lagSeconds)} s`,
        next: 'see docs/runbooks/projection-behind.md'
      })),
    ...[...parked].map(([projection, keys]) => ({
      what: `${counted(keys, 'row')} of ${projection} ${keys === 1 ? 'stands' : 'stand'} still at an event that could not be applied`,
      next: `leadlog projections parked list ${projection}`
    })),
    ...(openDeadLetters > 0
      ? [
          {
            what: `${counted(openDeadLetters, 'dead letter')} ${openDeadLetters === 1 ? 'waits' : 'wait'} for a decision`,
            next: 'leadlog dead-letters list'
          }
        ]
      : []),
    ...(ledgerToday.balanced ? [] : [{ what: 'the ledger of today does not add up', next: 'leadlog ledger' }])
  ]
}
