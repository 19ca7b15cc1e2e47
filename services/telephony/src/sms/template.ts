import { callerVariables, fillPlaceholders, placeholdersOf } from '@leadlog/call-flow'
import { isEvent, SmsTemplateSaved, type AggregateRef, type DataOf, type RecordedEvent } from '@leadlog/contracts'

export type SmsTemplate = DataOf<typeof SmsTemplateSaved>

export function templateRef(templateId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'sms-template', id: templateId }
}

/** The newest version; null where none was saved. */
export function templateOf(events: readonly RecordedEvent[]): SmsTemplate | null {
  return events.reduce<SmsTemplate | null>(
    (template, event) => (isEvent(event, SmsTemplateSaved) ? event.data : template),
    null
  )
}

/** What is known of a lead; a message has no caller. */
const leadNames: ReadonlySet<string> = new Set([...callerVariables.keys()].filter((name) => name.startsWith('lead.')))

/** What is wrong with a template's text, with its place; null where nothing is. */
export function templateProblem(text: string, variables: readonly string[]): string | null {
  const own = new Set(variables)
  let from = 0
  for (const { variable, fallback } of placeholdersOf(text)) {
    const at = text.indexOf('{{', from)
    from = at + 2
    const place = `/text, character ${at + 1}`
    if (!leadNames.has(variable) && !own.has(variable)) {
      const names = [...leadNames, ...own].join(', ')
      return `${place}: nothing is called "${variable}". There are: ${names}`
    }
    if (leadNames.has(variable) && fallback === null) {
      return `${place}: "${variable}" is not known of everybody. Say what else is to be written: {{${variable}|…}}`
    }
  }
  const left = text.replaceAll(/\{\{[^{}]*\}\}/g, (found) => '.'.repeat(found.length)).search(/\{\{|\}\}/)
  return left === -1
    ? null
    : `/text, character ${left + 1}: a placeholder does not end. It reads {{name}} or {{name|other words}}`
}

/** The placeholder that is neither given nor has another word; null where there is none. */
export function missingVariable(text: string, given: Readonly<Record<string, string>>): string | null {
  const missing = placeholdersOf(text).find(
    ({ variable, fallback }) => fallback === null && (given[variable] ?? '') === ''
  )
  return missing?.variable ?? null
}

export { fillPlaceholders }
