import type { EventDefinition, RecordedEvent } from '@leadlog/contracts'
import { crm } from '@leadlog/crm'
import { crmSync } from '@leadlog/crm-sync'
import {
  createUncheckedMappingSource,
  longestNote,
  type QueueWritesDeps,
  type WriteNotesDeps,
  type WriteRecordsDeps
} from '@leadlog/crm-sync/frozen'
import { enrichment } from '@leadlog/enrichment'
import { noTranscription } from '@leadlog/enrichment/what-if'
import { meetings } from '@leadlog/meetings'
import type { BatchReactor, HandlerContext, Reactor } from '@leadlog/service'
import { FrozenError } from '../errors.ts'
import type { FrozenConfiguration } from '../frozen-event.ts'
import type { Outside } from './outside.ts'

/** What a handler works with when an event is handled again. */
export interface Surroundings {
  readonly configuration: FrozenConfiguration
  readonly persons: Readonly<Record<string, string>>
  readonly body: string | null
  readonly outside: Outside
}

/** A reactor of a service that decides without anything but the log, and where to get what it asks outside. */
export interface FrozenHandler {
  readonly service: string
  readonly name: string
  readonly emits: readonly string[]
  takes(event: RecordedEvent): boolean
  /** @throws what the handler throws */
  run(event: RecordedEvent, surroundings: Surroundings, context: HandlerContext): Promise<void>
}

/** What is beside leads depends on mappings and settings that a frozen event does not hold. */
const besideLeads: readonly string[] = ['follow-up-tasks', 'write-objects', 'write-objects-bulk']

/** What is heard is not in a frozen event. */
const besideText: readonly string[] = ['transcribe-calls']

/** What platforms tell rests on other webhooks, on the time of day, and on files: none of it is in a frozen event. */
const besideMeetings: readonly string[] = [
  'translate-zoom',
  'link-zoom-rooms',
  'judge-attendance',
  'judge-when-due',
  'keep-rooms',
  'retry-rooms',
  'close-erased-rooms',
  'mail-invitations',
  'store-meeting-recordings',
  'delete-erased-meeting-recordings'
]

const noLog = (): never => {
  throw new FrozenError('FROZEN_NOT_REPRODUCIBLE', 'A frozen event is handled by the log that it is handed alone')
}

/**
 * Every handler that a frozen event is handed to. Alerts are left out: they depend on the time of day. So are the objects
 * beside leads.
 */
export const frozenHandlers: readonly FrozenHandler[] = [
  ...meetings.reactors
    .filter(({ name }) => !besideMeetings.includes(name))
    .map((reactor) =>
      frozenHandler(meetings.name, reactor, ({ configuration, persons, body }) => ({
        webhooks: { openBytes: async () => Buffer.from(body ?? '') },
        // The log in memory seals nothing, so it never meets a destroyed key.
        erasures: { renewKey: async () => true, eraseWebhook: async () => true },
        personId: (email) => personOf(email, persons),
        domains: { ownDomains: configuration.ownDomains, customerDomains: configuration.customerDomains },
        minDurationMinutes: configuration.minDurationMinutes,
        log: { load: noLog, transact: noLog, schedule: noLog, getLast: noLog },
        own: { ownDomains: configuration.ownDomains, notetakers: [] },
        attendance: { notetakers: [], graceMs: 0 },
        files: { write: noLog, remove: noLog },
        keys: { keyState: noLog },
        download: noLog,
        zoom: null,
        zoomAccess: null,
        dashboardUrl: undefined,
        rooms: null,
        invitations: null,
        integrations: [],
        privateHosts: []
      }))
    ),
  ...crm.reactors.map((reactor) => frozenHandler(crm.name, reactor, () => ({}))),
  ...enrichment.reactors
    .filter(({ name }) => !besideText.includes(name))
    .map((reactor) =>
      frozenHandler(enrichment.name, reactor, ({ outside }) => ({
        extractor: outside.extractor,
        rules: outside.extractor,
        measured: { ended: () => undefined },
        ...noTranscription,
        integrations: [],
        privateHosts: []
      }))
    ),
  ...crmSync.reactors
    .filter(({ name }) => !besideLeads.includes(name))
    .map((reactor) => frozenHandler(crmSync.name, reactor, crmSyncDeps))
]

function crmSyncDeps({ configuration, outside }: Surroundings): QueueWritesDeps & WriteRecordsDeps & WriteNotesDeps {
  const { provider, module } = configuration.mapping
  return {
    target: { provider, module },
    maxNoteLength: longestNote[provider],
    mapping: createUncheckedMappingSource(configuration.mapping, outside.mappingVersion),
    records: outside.records,
    notes: outside.notes,
    noteValues: outside.noteValues,
    dryRun: outside.dryRun
  }
}

function frozenHandler<Deps>(
  service: string,
  reactor: Reactor<Deps> | BatchReactor<Deps>,
  depsOf: (surroundings: Surroundings) => Deps
): FrozenHandler {
  return {
    service,
    name: reactor.name,
    emits: reactor.emits.map(({ type }) => type),
    takes: (event) => takes(reactor, event),
    async run(event, surroundings, context) {
      const deps = depsOf(surroundings)
      if (reactor.kind === 'single') return reactor.handle(event, deps, context)
      const [outcome] = await reactor.handleBatch([{ event, context }], deps)
      if (outcome?.done === false) throw outcome.error
    }
  }
}

/** Narrowed subjects name one provider's webhooks: `in.calendly.>`. */
function takes(on: { on: readonly EventDefinition[]; subjects?: readonly string[] }, event: RecordedEvent): boolean {
  if (!on.on.some(({ type }) => type === event.type)) return false
  if (on.subjects === undefined) return true
  const subject = `in.${(event.data as { provider?: string }).provider ?? ''}.`
  return on.subjects.some((pattern) => subject.startsWith(pattern.replace(/>$/, '')))
}

function personOf(email: string, persons: Readonly<Record<string, string>>): string {
  const id = persons[email.trim().toLowerCase()]
  if (id === undefined) {
    throw new FrozenError('FROZEN_NOT_REPRODUCIBLE', 'A person was asked for who was not when the event was handled')
  }
  return id
}
