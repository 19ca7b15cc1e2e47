import type { CallVariables, FlowDocument, FlowStep } from '@leadlog/contracts'
import { openingAt } from './opening.ts'
import { soundsOf } from './sounds.ts'
import type { Verb } from './verb.ts'

/** What happens as the call comes to a step: it passes through, waits for something, ends, or cannot go on. */
export type Entered =
  | { readonly then: 'go'; readonly verbs: readonly Verb[]; readonly to: string | null; readonly outcome: string }
  | { readonly then: 'wait'; readonly verbs: readonly Verb[] }
  | { readonly then: 'end'; readonly verbs: readonly Verb[] }
  | { readonly then: 'fail'; readonly reason: string }

/** @param asked how often the step has asked already: later times it says its other prompt */
export function enterStep(
  flow: FlowDocument,
  step: FlowStep,
  variables: CallVariables,
  asked: number,
  at: Date
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
            hints: step.hints ?? []
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
            hints: words
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
    case 'sms':
    case 'webhook':
      return { then: 'fail', reason: 'STEP_NOT_AVAILABLE' }
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
