import type { FlowDocument } from '@leadlog/contracts'

/** What is known of a caller, and whether every caller has it. */
export const callerVariables: ReadonlyMap<string, { readonly always: boolean; readonly meaning: string }> = new Map(
  Object.entries({
    'caller.number': { always: true, meaning: 'number of the caller' },
    'called.number': { always: true, meaning: 'our number' },
    'call.answeredBy': {
      always: false,
      meaning: 'of a call that we placed: human, or a word that begins with machine'
    },
    'lead.firstName': { always: false, meaning: 'first name of the lead' },
    'lead.lastName': { always: false, meaning: 'last name of the lead' },
    'lead.name': { always: false, meaning: 'whole name of the lead' },
    'lead.status': { always: false, meaning: 'such as demo-booked' },
    'lead.demoDay': { always: false, meaning: "weekday and date of the demo, in the lead's time zone" },
    'lead.demoTime': { always: false, meaning: "time of the demo, in the lead's time zone" }
  })
)

/** The answers that steps of the flow ask for. */
export function answersOf(flow: FlowDocument): ReadonlySet<string> {
  return new Set(flow.steps.flatMap((step) => (step.kind === 'gather' ? [`answers.${step.variable}`] : [])))
}
