import type { Pool, PoolClient } from 'pg'
import type { Slot } from '../definition/table-name.ts'
import { ProjectionError } from '../errors.ts'

/** How far one projection has applied one stream, and who may move it on. */
export interface Checkpoint {
  readonly sequence: number
  /** Raised whenever ownership changes; a batch under an older epoch is rolled back. Text, since it is a bigint. */
  readonly epoch: string
}

/** A checkpoint as it must stand for a batch to be applied. */
export interface ExpectedCheckpoint {
  readonly projection: string
  readonly version: number
  readonly sequence: number
  readonly epoch: string
}

/**
 * Takes the checkpoint: raises its epoch, so that whoever had it before is fenced, and creates it where it is new.
 *
 * @returns null when the slot's table is of another version, or there is none
 */
export async function claimCheckpoint(
  db: Pool | PoolClient,
  at: { projection: string; version: number; stream: string; slot: Slot }
): Promise<Checkpoint | null> {
  const { rows } = await db.query<{ seq: string; epoch: string }>(
    `insert into projections.checkpoints as c (projection, slot, stream, version, seq, epoch)
     select $1, $2, $3, $4, 0, nextval('projections.epoch')
     from (select 1 from projections.tables where projection = $1 and slot = $2 and version = $4 for share) as current
     on conflict (projection, slot, stream) do update set epoch = excluded.epoch where c.version = excluded.version
     returning c.seq::text, c.epoch::text`,
    [at.projection, at.slot, at.stream, at.version]
  )
  const row = rows[0]
  return row ? { sequence: Number(row.seq), epoch: row.epoch } : null
}

/** Names the projections whose checkpoint was not as expected. Their batch must be rolled back. */
export class FencedError extends ProjectionError {
  readonly projections: readonly string[]

  constructor(stream: string, projections: readonly string[]) {
    super(
      'PROJECTION_FENCED',
      `The checkpoint of ${projections.join(', ')} on ${stream} was moved by another instance, a swap or a rebuild; ` +
        'the batch was rolled back'
    )
    this.projections = projections
  }
}

/**
 * The fence: moves the checkpoints of one stream on, each only if it still stands where its owner left it. First
 * statement of the batch's transaction; it also locks the checkpoints until the transaction ends.
 *
 * @returns for each projection the generation of its parked keys
 * @throws FencedError when one of them was moved by somebody else
 */
export async function advanceCheckpoints(
  client: PoolClient,
  stream: string,
  slot: Slot,
  expected: readonly ExpectedCheckpoint[],
  to: { sequence: number; eventTime: string | null }
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ projection: string; generation: string }>({
    name: 'projections-advance',
    text: `update projections.checkpoints c
      set seq = $3, event_time = coalesce($4::timestamptz, c.event_time), updated_at = clock_timestamp()
      from unnest($5::text[], $6::int4[], $7::int8[], $8::int8[]) as e(projection, version, seq, epoch)
      where c.projection = e.projection and c.slot = $1 and c.stream = $2
        and c.version = e.version and c.seq = e.seq and c.epoch = e.epoch
      returning c.projection, c.parked_generation::text as generation`,
    values: [
      slot,
      stream,
      to.sequence,
      to.eventTime,
      expected.map((item) => item.projection),
      expected.map((item) => item.version),
      expected.map((item) => item.sequence),
      expected.map((item) => item.epoch)
    ]
  })
  const moved = new Map(rows.map((row) => [row.projection, row.generation]))
  if (moved.size < expected.length) {
    throw new FencedError(
      stream,
      expected.map((item) => item.projection).filter((projection) => !moved.has(projection))
    )
  }
  return moved
}

/**
 * Holds off the batches of the projection in that slot until the transaction ends: each begins with its checkpoint.
 *
 * @returns how far each stream is applied
 */
export async function lockCheckpoints(
  client: PoolClient,
  projection: string,
  slot: Slot
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await client.query<{ stream: string; seq: string }>(
    `select stream, seq::text from projections.checkpoints where projection = $1 and slot = $2
     order by stream for update`,
    [projection, slot]
  )
  return sequencesOf(rows)
}

/** How far each stream is applied to a slot's table. */
export async function readSequences(
  db: Pool | PoolClient,
  projection: string,
  slot: Slot
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await db.query<{ stream: string; seq: string }>(
    `select stream, seq::text from projections.checkpoints where projection = $1 and slot = $2`,
    [projection, slot]
  )
  return sequencesOf(rows)
}

function sequencesOf(rows: readonly { stream: string; seq: string }[]): Readonly<Record<string, number>> {
  return Object.fromEntries(rows.map((row) => [row.stream, Number(row.seq)]))
}
