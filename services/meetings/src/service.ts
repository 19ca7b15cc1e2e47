import { MeetingRecordingDeleted, ZoomConnected } from '@leadlog/contracts'
import { checkFiles } from '@leadlog/files'
import { defineService, effectsUnresolved, testIntegrationsCommand, type IntegrationDeps } from '@leadlog/service'
import { judgeAttendance, judgeWhenDue } from './attendance/judge-attendance.reactor.ts'
import { linkZoomRooms, takenAgain } from './attendance/link-zoom-rooms.reactor.ts'
import { translateZoom } from './attendance/translate-zoom.reactor.ts'
import { translateCalendly } from './calendly/translate-calendly.reactor.ts'
import { meetingsConfig } from './config.ts'
import type { MeetingsDeps } from './deps.ts'
import { meetingCommandHandlers } from './meeting/meeting-command-handlers.ts'
import { meetingsMigrations } from './migrations.ts'
import {
  clearDiscoveryQuestionCommand,
  takeMeetingNoteCommand,
  tickDiscoveryQuestionCommand
} from './note/note.commands.ts'
import { translateReadai } from './readai/translate-readai.reactor.ts'
import { connectRooms } from './room/connect-rooms.ts'
import { roomHandlers } from './room/room-handlers.ts'
import { connectZoom } from './zoom/connect-zoom.ts'
import { deleteErasedMeetingRecordings } from './recording/delete-erased.reactor.ts'
import { keepRecordings } from './recording/keep-recordings.ts'
import { storeMeetingRecordings } from './recording/store-recordings.reactor.ts'
import { withoutSideEffects } from './without-side-effects.ts'
import { zoomCallbackRoutes } from './zoom/zoom-callback.routes.ts'
import { zoomIntegration } from './zoom/zoom-integration.ts'
import { connectZoomCommand, disconnectZoomCommand } from './zoom/zoom.commands.ts'

/** Translates raw webhooks into facts about meetings. */
export const meetings = defineService({
  name: 'meetings',
  description: 'Schedules meetings, each with one room on Zoom and its invitations, and knows what became of them.',
  defaultPort: 8083,
  config: meetingsConfig,
  check: checkFiles,
  // What happens at Zoom needs tables; webhooks are translated without.
  uses: { postgres: 'aside', redis: true },
  metrics: [effectsUnresolved],
  migrations: meetingsMigrations,
  setup: (context): MeetingsDeps & IntegrationDeps => {
    const { config, keyring, log } = context
    const zoom = connectZoom(context)
    const ownDomains = config.ownDomains.map((domain) => domain.toLowerCase())
    const notetakers = config.notetakers.map((word) => word.toLowerCase())
    return {
      erasures: {
        renewKey: (personId) => keyring.renewKey(personId),
        eraseWebhook: (request) => log.eraseWebhook({ ...request, actor: 'service:meetings' })
      },
      webhooks: keyring,
      personId: (email) => keyring.personId(email),
      domains: {
        ownDomains,
        customerDomains: config.customerDomains.map((domain) => domain.toLowerCase())
      },
      minDurationMinutes: config.minDurationMinutes,
      log,
      ...keepRecordings(context),
      own: { ownDomains, notetakers },
      attendance: { notetakers, graceMs: config.noShowGraceMinutes * 60_000 },
      zoom: zoom?.connections ?? null,
      zoomAccess: zoom?.access ?? null,
      dashboardUrl: (config.gatewayUrl ?? config.publicUrl)?.replace(/\/+$/, ''),
      ...connectRooms(context, zoom),
      integrations: [zoomIntegration(config, zoom)],
      privateHosts: config.privateHosts
    }
  },
  reactors: [
    translateCalendly,
    translateReadai,
    ...roomHandlers,
    translateZoom,
    linkZoomRooms,
    judgeAttendance,
    judgeWhenDue,
    storeMeetingRecordings,
    deleteErasedMeetingRecordings
  ],
  commands: [
    ...meetingCommandHandlers,
    connectZoomCommand,
    disconnectZoomCommand,
    takeMeetingNoteCommand,
    tickDiscoveryQuestionCommand,
    clearDiscoveryQuestionCommand,
    testIntegrationsCommand('meetings')
  ],
  simulate: withoutSideEffects,
  appends: [ZoomConnected, ...takenAgain, MeetingRecordingDeleted],
  routes: (app, deps: MeetingsDeps) => zoomCallbackRoutes(app, deps),
  projections: []
})
