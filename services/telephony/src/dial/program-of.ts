import type { CallProgram, DataOf, CallRequested, OnMachine } from '@leadlog/contracts'

type Request = Pick<DataOf<typeof CallRequested>, 'connect' | 'onMachine'>

/** Twilio's words for what is no person. What it could not tell is treated as one: to hang up on a person is worse. */
const MACHINE = /^(machine_|fax$)/

/**
 * What is done with a call of ours that was answered; null: its flow. A fax hears nothing. Pure.
 *
 * @param answeredBy Twilio's word; null where nobody listened for machines
 * @param roomOf the room of a conference, as Twilio knows it
 */
export function programOf(
  { connect, onMachine }: Request,
  answeredBy: string | null,
  roomOf: (conferenceId: string) => string
): CallProgram | null {
  if (answeredBy !== null && MACHINE.test(answeredBy)) {
    const done = onMachineOf(onMachine, answeredBy)
    if (done !== null) return done
  }
  if (connect.kind === 'flow') return null
  if (connect.kind === 'number') return { kind: 'number', number: connect.number }
  return { kind: 'conference', room: roomOf(connect.conferenceId) }
}

function onMachineOf(onMachine: OnMachine | null, answeredBy: string): CallProgram | null {
  if (onMachine === null || onMachine.kind === 'talk') return null
  if (answeredBy === 'fax') return { kind: 'hang-up' }
  if (onMachine.kind === 'flow') return null
  return onMachine.kind === 'message' ? { kind: 'message', text: onMachine.text } : { kind: 'hang-up' }
}

/** How Twilio is to listen: for a message it waits for the tone. Undefined: not at all. */
export function machineDetectionOf(onMachine: OnMachine | null): 'Enable' | 'DetectMessageEnd' | undefined {
  if (onMachine === null || onMachine.kind === 'talk') return undefined
  return onMachine.kind === 'message' ? 'DetectMessageEnd' : 'Enable'
}
