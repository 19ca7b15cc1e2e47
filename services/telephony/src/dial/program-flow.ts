import type { CallProgram, FlowDocument, FlowStep } from '@leadlog/contracts'

const NOBODY = 'Sorry, nobody can take the call just now. We will try again. Goodbye.'
const RING_SECONDS = 30

/** What is done with a call that goes through no published flow, as a flow: so it is taken on, repeated and replayed like any. Pure. */
export function programFlow(program: CallProgram): FlowDocument {
  const steps = stepsOf(program)
  return { start: steps[0]?.id ?? null, language: 'en-US', fallbackNumber: null, steps }
}

function stepsOf(program: CallProgram): FlowStep[] {
  const end: FlowStep = { id: 'end', kind: 'hangup' }
  switch (program.kind) {
    case 'hang-up':
      return [end]
    case 'message':
      return [{ id: 'message', kind: 'say', prompt: { say: program.text }, next: 'end' }, end]
    case 'conference':
      return [
        { id: 'conference', kind: 'conference', room: program.room, startOnEnter: true, endOnExit: false, next: 'end' },
        end
      ]
    case 'number':
      return [
        {
          id: 'connect',
          kind: 'dial',
          numbers: [program.number],
          timeoutSeconds: RING_SECONDS,
          record: false,
          next: 'end',
          otherwise: 'nobody'
        },
        { id: 'nobody', kind: 'hangup', prompt: { say: NOBODY } },
        end
      ]
  }
}
