import { AdoptReading, commandId, WriteLead, type Actor, type CommandDefinition } from '@leadlog/contracts'
import { extractionRef } from '@leadlog/enrichment/what-if'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { WhatIfError } from '../errors.ts'
import type { Adoption, Run, RunRecord } from '../store/run.ts'
import type { WhatIfStore } from '../store/what-if-store.ts'

/** A service that runs answers within milliseconds; one that does not will find the command when it does. */
const WAIT_MS = 15_000

export interface ApplyOptions {
  readonly log: EventLog
  readonly keyring: Keyring
  readonly store: WhatIfStore
  readonly run: Run
  /** The records to put into force. */
  readonly records: readonly RunRecord[]
  readonly actor: Actor
  /** True where the mapping that was tried out is the one in force. */
  readonly mappingInForce: boolean
  readonly clock: () => Date
  readonly signal: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/** How it went for one record. */
export interface Applied {
  readonly leadId: string
  /** `stale`: the lead was read again since; `waiting`: asked for, and not yet answered by its service. */
  readonly outcome: 'applied' | 'nothing' | 'stale' | 'waiting' | 'failed'
  readonly message: string | null
}

/**
 * Puts what a run found into force for some of its records. The readings go to enrichment as commands and on from there
 * as any other reading: lead, CRM record, note. A record whose content was read again since is left alone. Repeating it
 * changes nothing.
 *
 * @throws WhatIfError WHATIF_NOT_APPLICABLE for another mapping that is not in force yet, or a run that did not end
 */
export async function applyRun(options: ApplyOptions): Promise<Applied[]> {
  const { run, records, store, clock, signal } = options
  if (run.state !== 'done') {
    throw new WhatIfError('WHATIF_NOT_APPLICABLE', 'This what-if did not run to its end. Run it again')
  }
  if (run.variant.mapping !== null && !options.mappingInForce) {
    throw new WhatIfError(
      'WHATIF_NOT_APPLICABLE',
      'Its mapping is not in force: every later write would take the change back. Start crm-sync with it (CRM_MAPPING_FILE, ZCF_*), then apply'
    )
  }
  const outcomes: Applied[] = []
  for (const record of records) {
    signal.throwIfAborted()
    const applied = await applyRecord(record, options)
    if (applied.outcome === 'applied') await store.markApplied(run.id, [record.leadId], clock())
    outcomes.push(applied)
    options.onProgress?.(outcomes.length, records.length)
  }
  return outcomes
}

async function applyRecord(record: RunRecord, options: ApplyOptions): Promise<Applied> {
  const { leadId, email, adoptions, differences } = record
  if (email === null || differences.length === 0) return { leadId, outcome: 'nothing', message: null }
  if (options.run.variant.reader === null) return ask(leadId, WriteLead, `${leadId}`, { leadId }, options)
  // All of a lead's readings or none: half of them would be neither the one nor the other.
  for (const adoption of adoptions) {
    if (await isStale(adoption, options)) return { leadId, outcome: 'stale', message: STALE }
  }
  for (const { result, sequence } of adoptions) {
    const { extractionId, kind, meetingId, observedAt, call } = result.data
    const read =
      result.kind === 'meddic'
        ? { meddic: result.data.meddic, quality: result.data.quality }
        : { intel: result.data.intel }
    const data = { email, extractionId, kind, meetingId, observedAt, afterSequence: sequence, call, ...read }
    const answer = await ask(leadId, AdoptReading, extractionId, data, options)
    if (answer.outcome !== 'applied') return answer
  }
  return { leadId, outcome: 'applied', message: null }
}

const STALE = 'was read again since; run the what-if again and look at what it says now'

/** A reading of which a newer event stands that this run did not cause itself. */
async function isStale(
  { result, sequence }: Adoption,
  { log, run, actor }: Pick<ApplyOptions, 'log' | 'run' | 'actor'>
): Promise<boolean> {
  const { events } = await log.load(extractionRef(result.data.extractionId))
  const own = commandId(actor, AdoptReading, keyOf(run, result.data.extractionId))
  return events.some((event) => event.sequence > sequence && event.causationid !== own)
}

async function ask<C extends CommandDefinition>(
  leadId: string,
  command: C,
  part: string,
  data: Parameters<EventLog['sendCommand']>[0]['data'],
  { log, keyring, run, actor }: ApplyOptions
): Promise<Applied> {
  const id = commandId(actor, command, keyOf(run, part))
  await log.sendCommand({ command, id, data, actor, personId: (address) => keyring.personId(address) })
  const outcome = await log.awaitOutcome(id, WAIT_MS)
  if (outcome === null) {
    return {
      leadId,
      outcome: 'waiting',
      message: `${command.service} has not answered yet; it will find command ${id}`
    }
  }
  if (outcome.outcome === 'done') return { leadId, outcome: 'applied', message: null }
  const stale = outcome.code === 'ENRICHMENT_READING_CHANGED'
  return { leadId, outcome: stale ? 'stale' : 'failed', message: `${outcome.code ?? ''}: ${outcome.message ?? ''}` }
}

function keyOf({ id }: Run, part: string): string {
  return `what-if/${id}/${part}`
}
