import {
  AgendaEntryAdded,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingsMerged,
  PersonReturned,
  WebhookIgnored,
  WebhookReceived
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { emptyAgenda, evolveAgenda } from '../agenda/agenda.ts'
import { agendaRef } from '../agenda/booking-aggregate.ts'
import { decideSession, ignored } from '../agenda/decide-session.ts'
import type { MeetingsDeps } from '../deps.ts'
import { parsePayload } from '../webhook/parse-payload.ts'
import { unlessErased } from '../webhook/unless-erased.ts'
import { readWebhook } from '../webhook/read-webhook.ts'
import { ReportDelivery } from './report-payload.ts'
import { translateReport } from './translate-report.ts'

/** Read.ai's reports → held meetings. */
export const translateReadai = defineReactor({
  name: 'translate-readai',
  on: [WebhookReceived],
  subjects: ['in.readai.>'],
  emits: [MeetingHeld, MeetingReportUpdated, MeetingsMerged, AgendaEntryAdded, PersonReturned, WebhookIgnored],
  concurrency: 16,
  handle: async (event, deps: MeetingsDeps, context) => {
    if (event.data.disposition === 'ignored') return
    const delivery = parsePayload('readai', ReportDelivery, await readWebhook(deps.webhooks, event.id, event.data))
    const report = translateReport(delivery, deps.domains)
    if (report.durationMinutes < deps.minDurationMinutes) {
      const detail = `The meeting took ${report.durationMinutes.toFixed(1)} minutes; the least is ${deps.minDurationMinutes}`
      await context.transact({ load: [], decide: () => [ignored(event.id, 'meeting-too-short', detail)] })
      return
    }
    const personId = deps.personId(report.customer.email)
    const record = () =>
      context.transact({
        load: [agendaRef(personId)],
        decide: ([history]) => {
          const agenda = (history?.events ?? []).reduce(evolveAgenda, emptyAgenda)
          return decideSession(agenda, { webhookId: event.id, personId }, report)
        }
      })
    // A report tells of a meeting that was agreed on before: it begins no contact.
    await unlessErased(record, { webhook: event, personId, newContactAt: null }, deps.erasures, context)
  }
})
