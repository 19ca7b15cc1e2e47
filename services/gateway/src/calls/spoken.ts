import type { FlowDocument } from '@leadlog/contracts'
import { advance, beginning, waitInQueue, withAnswers, type Sound, type Verb } from '@leadlog/call-flow'
import type { CallTurn, Spoken } from './call.schema.ts'
import type { CallRow, StoredTurn } from './calls.table.ts'

/**
 * The turns of a call with what the caller heard at each: it is stored nowhere, and follows from the flow's version, the
 * position before, the input and the time, as the answer to Twilio did.
 *
 * @param document null where the version is not known: then nothing is said of what was heard
 */
export function turnsOf(
  row: Pick<CallRow, 'turns' | 'variables' | 'fell_back'>,
  document: FlowDocument | null
): CallTurn[] {
  return row.turns.map((stored, index) => ({
    eventId: stored.eventId,
    turn: stored.turn,
    at: stored.at,
    input: stored.input,
    steps: [...stored.steps],
    waitsAt: stored.position?.step ?? null,
    outcome: stored.outcome,
    said: document === null ? [] : spokenAt(row, document, stored, row.turns[index - 1])
  }))
}

function spokenAt(
  { variables, fell_back }: Pick<CallRow, 'variables' | 'fell_back'>,
  document: FlowDocument,
  { input, at, position }: StoredTurn,
  before: StoredTurn | undefined
): Spoken[] {
  // Who has hung up hears nothing any more.
  if (input?.kind === 'hung-up') return []
  const state = { position: before?.position ?? beginning, variables }
  const { verbs } = advance(document, state, input ?? { kind: 'nothing' }, new Date(at), fell_back?.number ?? null)
  // What is announced to somebody who waits is asked for by itself.
  const waiting = document.steps.find(({ id, kind }) => kind === 'queue' && id === position?.step)
  const announced = waiting && waitInQueue(document, waiting, withAnswers(variables, position?.answers ?? {}), 0)
  return [...verbs, ...(announced ?? [])].flatMap(spokenOf)
}

function spokenOf(verb: Verb): Spoken[] {
  switch (verb.verb) {
    case 'say':
    case 'play':
      return [soundOf(verb)]
    case 'gather':
      return verb.sounds.map(soundOf)
    case 'dial':
      return [{ kind: 'dial', text: verb.numbers.join(', ') }]
    case 'conference':
      return [{ kind: 'conference', text: verb.room }]
    case 'record':
      return [{ kind: 'record', text: null }]
    case 'enqueue':
      return [{ kind: 'queue', text: verb.queue }]
    case 'hangup':
      return [{ kind: 'hangup', text: null }]
    default:
      // Pauses, and verbs that only carry the call on: nobody hears them.
      return []
  }
}

function soundOf(sound: Sound): Spoken {
  return sound.verb === 'say' ? { kind: 'say', text: sound.text } : { kind: 'play', text: sound.url }
}
