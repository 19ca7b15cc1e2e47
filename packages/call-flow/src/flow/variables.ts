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

/** The answers that steps of a flow ask for. */
export interface Answers {
  has(variable: string): boolean
  /** As somebody may write them; what a webhook answers is not known before, so it ends in `…`. */
  readonly names: readonly string[]
}

/** The answers that steps of the flow ask for: of the caller by name, of webhooks by what their names begin with. */
export function answersOf(flow: FlowDocument): Answers {
  const given = new Set(flow.steps.flatMap((step) => (step.kind === 'gather' ? [`answers.${step.variable}`] : [])))
  const begun = flow.steps.flatMap((step) => (step.kind === 'webhook' ? [`answers.${step.variable}_`] : []))
  return {
    has: (variable) => given.has(variable) || begun.some((start) => isMemberOf(variable, start)),
    names: [...given, ...begun.map((start) => `${start}…`)]
  }
}

function isMemberOf(variable: string, start: string): boolean {
  return variable.startsWith(start) && isMemberName(variable.slice(start.length))
}

/** Names of members of a webhook's answer that become variables; others are left out. */
export function isMemberName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name)
}
