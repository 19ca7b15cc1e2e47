import { createHash } from 'node:crypto'
import { derivedId, type NewEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { CallOptions, CrmField, CrmProvider } from '../crm-provider.ts'
import { checkMapping, uncheckedMapping, type CheckedMapping } from './check-mapping.ts'
import type { MappingSource } from './checked-mapping.ts'
import {
  checkedEvent,
  configuredAs,
  configuredEvent,
  documentOf,
  fieldMappingOf,
  isKnown,
  mappingOf,
  mappingRef,
  type FieldMappingState
} from './field-mapping.ts'
import type { MappingDocument } from './mapping-document.ts'
import { mappingInvalid, type FieldProblem } from './mapping-problem.ts'

/** The part of the log that the book reads and writes. */
export type MappingLog = Pick<EventLog, 'load' | 'transact'>

export interface MappingBookOptions {
  readonly log: MappingLog
  readonly provider: Pick<CrmProvider, 'name' | 'fieldMetadata'>
  /** As the configuration has it. */
  readonly configured: MappingDocument
  /** False where there is no account whose fields could be read. */
  readonly canRead: boolean
}

/** The field mapping as the log has it. Each use asks the log, so no process writes by a version that was replaced. */
export interface MappingBook extends MappingSource {
  /** The same, but the CRM is not asked for its fields. */
  readonly unchecked: MappingSource
  readonly configured: MappingDocument
  readonly canRead: boolean
  state(): Promise<FieldMappingState>
  /** Any mapping held against the CRM's fields, which were read no longer ago than this. */
  check(document: MappingDocument, options: CallOptions & { readonly maxAgeMs: number }): Promise<CheckOfMapping>
  /**
   * Takes up the configuration as a version where it is another than before.
   *
   * @throws PermanentError CRM_SYNC_MAPPING_INVALID where it is new and does not fit; nothing is recorded then
   */
  configure(): Promise<void>
}

export interface CheckOfMapping {
  readonly mapping: CheckedMapping
  readonly problems: readonly FieldProblem[]
  readonly fields: readonly CrmField[]
}

/** Before a write is parked the CRM is asked once more, but not for each of a thousand writes. */
const BEFORE_PARKING_MS = 30_000

export function createMappingBook({ log, provider, configured, canRead }: MappingBookOptions): MappingBook {
  const crm = provider.name
  const ref = mappingRef(crm)
  let loading: Promise<FieldMappingState> | null = null
  let folded: FieldMappingState | null = null
  /** Of the newest event when the fields were last read: what happened since may be about fields that were made since. */
  let readFor = -1

  const load = async (): Promise<FieldMappingState> => {
    const { events } = await log.load(ref)
    if (folded === null || folded.sequence !== (events.at(-1)?.sequence ?? 0)) folded = fieldMappingOf(events)
    return folded
  }
  /** Who asks while another's question is on its way shares that one's answer. */
  const state = (): Promise<FieldMappingState> => {
    loading ??= load().finally(() => {
      loading = null
    })
    return loading
  }
  const inForce = ({ mapping }: FieldMappingState) => (mapping === null ? configured : documentOf(mapping, configured))

  const check: MappingBook['check'] = async (document, options) => {
    const fields = await provider.fieldMetadata(document.module, options)
    return { ...checkMapping(document, fields), fields }
  }

  const current = async (options: CallOptions): Promise<CheckedMapping> => {
    const now = await state()
    const document = inForce(now)
    if (!canRead) return uncheckedMapping(document, versionOf(now))
    const fields = await fieldsFor(document, now.sequence, options)
    const { mapping, problems } = checkMapping(document, fields, versionOf(now))
    if (now.version > 0 && !isKnown(problems, now)) readFor = Math.max(readFor, await note(now, problems))
    if (problems.length > 0) throw mappingInvalid(problems)
    return mapping
  }

  /**
   * Fields that were read since the newest event. Where they cannot be, those known before will do if they fit: a CRM that
   * is away refuses the write itself, and that is how an outage is waited out.
   */
  const fieldsFor = async (
    document: MappingDocument,
    sequence: number,
    options: CallOptions
  ): Promise<readonly CrmField[]> => {
    const read = (age: { maxAgeMs?: number }) => provider.fieldMetadata(document.module, { ...options, ...age })
    const fit = (fields: readonly CrmField[]) => checkMapping(document, fields).problems.length === 0
    if (sequence !== readFor) {
      try {
        const fields = await read({ maxAgeMs: 0 })
        readFor = sequence
        return fields
      } catch (error) {
        const known = readFor === -1 ? null : await read({})
        if (known === null || !fit(known)) throw error
        readFor = sequence
        return known
      }
    }
    const fields = await read({})
    return fit(fields) ? fields : read({ maxAgeMs: BEFORE_PARKING_MS })
  }

  /** What one process found and recorded first is not recorded again by another. `at` is where the history stood then. */
  const record = (
    what: 'noticed' | 'configured',
    at: number,
    found: unknown,
    decide: (now: FieldMappingState) => readonly NewEvent[]
  ) => {
    const digest = createHash('sha256').update(JSON.stringify(found)).digest('hex')
    const id = derivedId(`mapping-${what}`, crm, String(at), digest)
    return log.transact({
      cause: { id, correlationId: id },
      actor: 'service:crm-sync',
      handler: `crm-sync-mapping-${what}`,
      load: [ref],
      decide: ([history]) => decide(fieldMappingOf(history?.events ?? []))
    })
  }

  /** Gives the sequence of its event, or -1. */
  const note = async (seen: FieldMappingState, problems: readonly FieldProblem[]): Promise<number> => {
    const result = await record('noticed', seen.sequence, problems, (now) =>
      now.version !== seen.version || isKnown(problems, now)
        ? []
        : [checkedEvent(crm, 'noticed', problems, now.version)]
    )
    return 'events' in result ? (result.events.at(-1)?.sequence ?? -1) : -1
  }

  return {
    configured,
    canRead,
    state,
    check,
    current,
    unchecked: {
      async current() {
        const now = await state()
        return uncheckedMapping(inForce(now), versionOf(now))
      }
    },
    async configure() {
      const asConfigured = mappingOf(configured)
      const before = await state()
      const wanted = configuredAs(asConfigured, before)
      if (wanted === null) return
      if (canRead) {
        const checked = await check(documentOf(wanted, configured), {
          lane: 'person',
          maxAgeMs: BEFORE_PARKING_MS
        }).catch(
          // A CRM that is away is a matter of readiness: the first write checks it.
          () => null
        )
        if (checked !== null && checked.problems.length > 0) throw mappingInvalid(checked.problems)
      }
      await record('configured', before.version, asConfigured, (now) => {
        const mapping = configuredAs(asConfigured, now)
        return mapping === null ? [] : [configuredEvent(crm, asConfigured, mapping, now)]
      })
    }
  }
}

function versionOf({ version }: FieldMappingState): number | null {
  return version === 0 ? null : version
}
