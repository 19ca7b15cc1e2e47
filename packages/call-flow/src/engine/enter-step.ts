import { isPhoneNumber } from '../phone-number.ts'
import type { CallVariables, FlowDocument, FlowStep } from '@leadlog/contracts'
import { boundedHints } from './hints.ts'
import { openingAt } from './opening.ts'
import { messageText, soundsOf } from './sounds.ts'
import type { StepRequest } from './step-request.ts'
import type { Verb } from './verb.ts'

/** What happens as the call comes to a step: it passes through, waits for something, or ends. */
export type Entered =
  | {
      readonly then: 'go'
      readonly verbs: readonly Verb[]
      readonly to: string | null
      readonly outcome: string
      readonly request?: StepRequest
    }
  | { readonly then: 'wait'; readonly verbs: readonly Verb[]; readonly request?: StepRequest }
  | { readonly then: 'end'; readonly verbs: readonly Verb[] }

/** Between two looks at how a webhook stands. */
const LOOK_AGAIN_SECONDS = 1

/**
 * @param asked how often the step has asked already: later times it says its other prompt
 * @param mayRequest false for a call that has asked for enough messages and webhooks
 */
export function enterStep(
  flow: FlowDocument,
  step: FlowStep,
  variables: CallVariables,
  asked: number,
  at: Date,
  mayRequest: boolean
): Entered {
  const sounds = (...prompts: Parameters<typeof soundsOf>[1][number][]) => soundsOf(flow, prompts, variables)
  switch (step.kind) {
    case 'say':
      return { then: 'go', verbs: sounds(step.prompt), to: step.next, outcome: 'said' }
    case 'gather':
      return {
        then: 'wait',
        verbs: [
          {
            verb: 'gather',
            sounds: sounds(asked > 0 ? (step.retryPrompt ?? step.prompt) : step.prompt),
            input: step.input,
            language: flow.language,
            timeoutSeconds: step.timeoutSeconds,
            maxDigits: step.maxDigits,
            finishOnKey: step.finishOnKey === 'none' ? '' : step.finishOnKey,
            hints: boundedHints(step.hints ?? [])
          }
        ]
      }
    case 'menu': {
      const words = step.choices.flatMap((choice) => choice.words ?? [])
      return {
        then: 'wait',
        verbs: [
          {
            verb: 'gather',
            sounds: sounds(asked > 0 ? (step.retryPrompt ?? step.prompt) : step.prompt),
            input: words.length > 0 ? ['dtmf', 'speech'] : ['dtmf'],
            language: flow.language,
            timeoutSeconds: step.timeoutSeconds,
            maxDigits: 1,
            finishOnKey: '',
            hints: boundedHints(words)
          }
        ]
      }
    }
    case 'hours': {
      const opening = openingAt(step.schedule, at)
      const to = opening === 'holiday' ? (step.holiday ?? step.closed) : step[opening]
      return { then: 'go', verbs: [], to, outcome: opening }
    }
    case 'condition': {
      const index = step.cases.findIndex((one) => isTrue(one, variables))
      const chosen = step.cases[index]
      return chosen === undefined
        ? { then: 'go', verbs: [], to: step.otherwise, outcome: 'otherwise' }
        : { then: 'go', verbs: [], to: chosen.next, outcome: `case ${index + 1}` }
    }
    case 'dial':
      return {
        then: 'wait',
        verbs: [
          ...sounds(step.prompt),
          {
            verb: 'dial',
            numbers: step.numbers,
            timeoutSeconds: step.timeoutSeconds,
            record: step.record,
            asksAfterwards: true
          }
        ]
      }
    case 'conference':
      return {
        then: 'wait',
        verbs: [
          ...sounds(step.prompt),
          { verb: 'conference', room: step.room, startOnEnter: step.startOnEnter, endOnExit: step.endOnExit }
        ]
      }
    case 'voicemail':
      return {
        then: 'wait',
        verbs: [
          ...sounds(step.prompt),
          { verb: 'record', maxSeconds: step.maxSeconds, timeoutSeconds: step.timeoutSeconds },
          // Twilio asks nothing after a silent recording but goes on with what follows it.
          { verb: 'ask-again' }
        ]
      }
    case 'queue':
      return { then: 'wait', verbs: [{ verb: 'enqueue', queue: step.queue }] }
    case 'hangup':
      return { then: 'end', verbs: [...sounds(step.prompt), { verb: 'hangup' }] }
    case 'sms': {
      const to = step.to === 'caller' ? (variables['caller.number'] ?? '') : step.to
      const text = messageText(step.text, variables)
      if (!mayRequest) return { then: 'go', verbs: [], to: step.next, outcome: 'too many' }
      // Callers may withhold their number; the call goes on as well without the message.
      if (!isPhoneNumber(to) || text === '') return { then: 'go', verbs: [], to: step.next, outcome: 'not possible' }
      const request: StepRequest = { kind: 'sms', step: step.id, to, text }
      return { then: 'go', verbs: [], to: step.next, outcome: 'requested', request }
    }
    case 'webhook': {
      const waiting: readonly Verb[] = [{ verb: 'pause', seconds: LOOK_AGAIN_SECONDS }, { verb: 'ask-again' }]
      if (asked > 0) return { then: 'wait', verbs: waiting }
      if (!mayRequest) return { then: 'go', verbs: [], to: step.otherwise, outcome: 'too many' }
      const { id, url, timeoutSeconds } = step
      return { then: 'wait', verbs: waiting, request: { kind: 'webhook', step: id, url, timeoutSeconds } }
    }
  }
}

function isTrue(
  one: { readonly variable: string; readonly test: string; readonly value: string },
  variables: CallVariables
): boolean {
  const actual = (Object.hasOwn(variables, one.variable) ? (variables[one.variable] ?? '') : '').toLowerCase()
  const wanted = one.value.toLowerCase()
  switch (one.test) {
    case 'is':
      return actual === wanted
    case 'is-not':
      return actual !== wanted
    case 'starts-with':
      return actual !== '' && actual.startsWith(wanted)
    case 'contains':
      return actual !== '' && actual.includes(wanted)
    default:
      return actual !== ''
  }
}
