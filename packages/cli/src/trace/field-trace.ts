import { isEvent, LeadEnriched, RecordWritten, WriteQueued, type EventOf, type RecordedEvent } from '@leadlog/contracts'
import {
  buildMapping,
  domainValuesOf,
  leadStateOf,
  mappingInForce,
  standardMappings,
  variablePrefixes,
  type CrmName,
  type DomainField,
  type MappingDocument
} from '@leadlog/crm-sync/what-if'
import type { EventLog } from '@leadlog/event-log'
import type { EventIndexRow } from '@leadlog/gateway/read-models'
import type { Environment } from '@leadlog/service'
import { notFound } from '../errors.ts'
import type { EventFinder } from '../events/event-finder.ts'
import { indexed } from '../events/indexed.ts'

/** Why a field of a CRM record holds what it holds, from the record back to the webhook. */
export interface FieldTrace {
  readonly leadId: string
  readonly crmId: string
  readonly apiName: string
  readonly field: DomainField | null
  /** As sent. Personal. */
  readonly value: unknown
  /** The words of the source that support it; null where there are none. Personal. */
  readonly evidence: string | null
  /** The call by which the CRM got the value. */
  readonly written: EventOf<typeof RecordWritten>
  /** How many later calls sent the same value again. */
  readonly confirmed: number
  /** The writes that the call settled. */
  readonly queued: readonly EventOf<typeof WriteQueued>[]
  /** The lead's event that decided the value; null where the log does not tell. */
  readonly decided: RecordedEvent | null
  /** From the cause of the decision up to the first cause. */
  readonly causes: readonly EventIndexRow[]
}

/** @throws CliError CLI_NOT_FOUND when the record was not written, or never with such a field */
export async function traceField(
  { log, finder, environment }: { log: EventLog; finder: EventFinder; environment: Environment },
  leadId: string,
  wanted: string
): Promise<FieldTrace> {
  const record = await log.load({ context: 'crm-sync', aggregate: 'record', id: leadId })
  const all = record.events.filter((event) => isEvent(event, RecordWritten))
  const crm = all.at(-1)?.data.provider
  if (crm === undefined) throw notFound(`Nothing was written to the CRM for lead ${leadId} yet`)
  // A record of a CRM that was in use before has fields of other names.
  const writes = all.filter(({ data }) => data.provider === crm)
  const { apiName, field } = await fieldOf(log, writes, crm, wanted, environment)
  const written = firstWith(writes, apiName)
  if (!written) throw notFound(`The CRM record of lead ${leadId} was never written with a field "${wanted}"`)
  const value = written.event.data.values[apiName] ?? null
  const lead = await log.load({ context: 'crm', aggregate: 'lead', id: leadId })
  const known = lead.events.filter(({ sequence }) => sequence <= written.event.data.leadSequence)
  const decided = field === null ? null : decidingEvent(known, field)
  return {
    leadId,
    crmId: written.event.data.crmId,
    apiName,
    field,
    value,
    evidence: evidenceOf(decided, field),
    written: written.event,
    confirmed: written.confirmed,
    queued: record.events
      .filter((event) => isEvent(event, WriteQueued))
      .filter((event) => written.event.data.writeIds.includes(event.data.writeId)),
    decided,
    causes: decided === null ? [] : await causesOf(finder, decided)
  }
}

/** Both `Company`, `company` and `Pain Points` name `Pain_Points`: people know fields by their labels. */
async function fieldOf(
  log: Pick<EventLog, 'load'>,
  writes: readonly EventOf<typeof RecordWritten>[],
  crm: CrmName,
  wanted: string,
  environment: Environment
): Promise<{ apiName: string; field: DomainField | null }> {
  const { fields } = await mappingInForce(log, configuredAs(crm, environment))
  const mapped = fields.find(({ apiName, field }) => plain(apiName) === plain(wanted) || plain(field) === plain(wanted))
  if (mapped) return { apiName: mapped.apiName, field: mapped.field }
  const names = [...new Set(writes.flatMap(({ data }) => data.fieldNames))].sort()
  const found = names.find((name) => plain(name) === plain(wanted))
  if (found !== undefined) return { apiName: found, field: null }
  throw notFound(`There is no field "${wanted}" in the record; written were: ${names.join(', ') || 'none'}`)
}

/** What the variables of the CRM amount to, for a log that no CRM sync has recorded its mapping in yet. */
function configuredAs(crm: CrmName, environment: Environment): MappingDocument {
  const variables = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(variablePrefixes[crm]) ? [[name, value ?? '']] : []
    )
  )
  return buildMapping(standardMappings[crm], { variables }).document
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** The call that first sent the value which the field has now. */
function firstWith(
  writes: readonly EventOf<typeof RecordWritten>[],
  apiName: string
): { event: EventOf<typeof RecordWritten>; confirmed: number } | undefined {
  const sent = writes.filter(({ data }) => data.fieldNames.includes(apiName))
  const last = sent.at(-1)
  if (!last) return undefined
  const same = ({ data }: EventOf<typeof RecordWritten>): boolean =>
    JSON.stringify(data.values[apiName]) === JSON.stringify(last.data.values[apiName])
  const since = sent.length - sent.toReversed().findIndex((event) => !same(event))
  const first = sent.every(same) ? 0 : since
  return { event: sent[first] ?? last, confirmed: sent.length - 1 - first }
}

/** The newest event that changed what the lead says of the field. */
function decidingEvent(events: readonly RecordedEvent[], field: DomainField): RecordedEvent | null {
  const valueAfter = (end: number): string =>
    JSON.stringify(domainValuesOf(leadStateOf(events.slice(0, end)))[field] ?? null)
  for (let end = events.length; end > 0; end--) {
    if (valueAfter(end) !== valueAfter(end - 1)) return events[end - 1] ?? null
  }
  return null
}

function evidenceOf(decided: RecordedEvent | null, field: DomainField | null): string | null {
  if (decided === null || !isEvent(decided, LeadEnriched)) return null
  return decided.data.fields.find((one) => one.field === field)?.evidence ?? null
}

/** A chain of causes is a dozen long; more would be a ring. */
const MAX_CAUSES = 50

async function causesOf(finder: EventFinder, event: RecordedEvent): Promise<EventIndexRow[]> {
  const causes: EventIndexRow[] = []
  let row = indexed(event)
  while (row !== null && row.causation_id !== row.id && causes.length < MAX_CAUSES) {
    const [cause] = await finder.find({ ids: [row.causation_id] }, 1)
    if (!cause) break
    causes.push(cause)
    row = cause
  }
  return causes
}
