import type { FlowStep } from '@leadlog/contracts'

/** A way from one step to another. */
export interface Edge {
  /** Where it stands in the step, as a part of a JSON pointer. */
  readonly path: string
  readonly to: string | null
  /** True where only something that the caller does leads here; all others may be taken by a call that nobody minds. */
  readonly onInput: boolean
  /** True where the step can do without it. */
  readonly optional: boolean
}

/** The ways out of a step. */
export function edgesOf(step: FlowStep): readonly Edge[] {
  switch (step.kind) {
    case 'say':
    case 'voicemail':
    case 'conference':
    case 'sms':
      return [quiet('next', step.next)]
    case 'gather':
      return [onInput('next', step.next), quiet('otherwise', step.otherwise)]
    case 'menu':
      return [
        ...step.choices.map((choice, index) => onInput(`choices/${index}/next`, choice.next)),
        quiet('otherwise', step.otherwise)
      ]
    case 'hours':
      return [
        quiet('open', step.open),
        quiet('closed', step.closed),
        { ...quiet('holiday', step.holiday), optional: true }
      ]
    case 'dial':
    case 'queue':
    case 'webhook':
      return [quiet('next', step.next), quiet('otherwise', step.otherwise)]
    case 'condition':
      return [
        ...step.cases.map((one, index) => quiet(`cases/${index}/next`, one.next)),
        quiet('otherwise', step.otherwise)
      ]
    case 'hangup':
      return []
  }
}

function quiet(path: string, to: string | null): Edge {
  return { path, to, onInput: false, optional: false }
}

function onInput(path: string, to: string | null): Edge {
  return { path, to, onInput: true, optional: false }
}
