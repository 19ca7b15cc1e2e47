import { defineService } from '@leadlog/service'
import { captureLeadCommand } from './lead/capture-lead.command.ts'
import { followExtractions } from './lead/follow-extractions.reactor.ts'
import { followMeetings } from './lead/follow-meetings.reactor.ts'

/** The leads: one aggregate per person. */
export const crm = defineService({
  name: 'crm',
  description:
    'Keeps the leads: captures them, derives their status from the facts of their meetings, and takes in what was extracted.',
  defaultPort: 8085,
  config: {},
  uses: { postgres: false, redis: false },
  setup: () => ({}),
  reactors: [followMeetings, followExtractions],
  commands: [captureLeadCommand],
  simulate: (deps) => deps,
  projections: []
})
