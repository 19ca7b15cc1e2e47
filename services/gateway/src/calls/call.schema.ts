import {
  CallDirection,
  CallInput,
  CallStatus,
  Nullable,
  OneOf,
  StepVisit,
  Timestamp,
  TransferStage
} from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

const callFields = {
  id: Type.String(),
  callSid: Nullable(Type.String({ description: "Twilio's id" })),
  dialId: Nullable(Type.String({ description: 'of a call that we placed: `CancelCall` ends it' })),
  direction: CallDirection,
  status: CallStatus,
  live: Type.Boolean({ description: 'not over yet, as far as Twilio said' }),
  leadId: Nullable(Type.String()),
  number: Nullable(Type.String({ description: 'of the person at the other end' })),
  ours: Nullable(Type.String({ description: 'our number' })),
  flow: Nullable(
    Type.Object({
      flowId: Type.String(),
      version: Type.Integer(),
      name: Nullable(Type.String())
    })
  ),
  step: Nullable(
    Type.Object(
      {
        id: Type.String(),
        kind: Nullable(Type.String()),
        label: Nullable(Type.String()),
        queue: Nullable(Type.String({ description: 'where the step is a queue' })),
        since: Timestamp
      },
      { description: 'where the call is in its flow' }
    )
  ),
  fellBack: Nullable(
    Type.Object({
      reason: Type.String(),
      number: Nullable(Type.String()),
      at: Timestamp
    })
  ),
  transfer: Nullable(
    Type.Object(
      {
        transferId: Type.String(),
        conferenceId: Type.String(),
        dialId: Type.String({ description: 'of the call to the colleague: `CancelCall` calls it off' }),
        to: Nullable(Type.String({ description: 'the colleague' })),
        why: Nullable(Type.String()),
        completionRequested: Type.Boolean(),
        stage: TransferStage,
        requestedAt: Timestamp,
        stageAt: Timestamp
      },
      { description: 'the newest handing over to a colleague; `with-colleague` and `with-agent` say whom they talk to' }
    )
  ),
  startedAt: Timestamp,
  endedAt: Nullable(Timestamp),
  durationSeconds: Nullable(Type.Integer()),
  lastHeardAt: Timestamp,
  overdueAt: Nullable(
    Type.String({ description: 'where nothing is heard until then, the call is stuck; null once it is over' })
  ),
  recordingCount: Type.Integer()
}

/** A call as a list shows it. */
export const Call = Type.Object(callFields)
export type Call = Static<typeof Call>

/** Something that the caller heard, or that was done with the call. */
export const Spoken = Type.Object({
  kind: OneOf('say', 'play', 'dial', 'conference', 'record', 'queue', 'hangup'),
  text: Nullable(Type.String({ description: 'what was said, or the audio, the numbers, the room, the queue' }))
})
export type Spoken = Static<typeof Spoken>

const CallTurn = Type.Object({
  eventId: Type.String(),
  turn: Type.Integer(),
  at: Timestamp,
  input: Nullable(CallInput),
  steps: Type.Array(StepVisit),
  waitsAt: Nullable(Type.String({ description: 'the step that waited for the caller afterwards' })),
  outcome: OneOf('waiting', 'ended', 'fell-back'),
  said: Type.Array(Spoken)
})
export type CallTurn = Static<typeof CallTurn>

const CallRecording = Type.Object({
  recordingSid: Type.String(),
  status: Type.String({ description: "Twilio's word: in-progress, completed, absent, failed" }),
  durationSeconds: Nullable(Type.Integer()),
  channels: Nullable(Type.Integer()),
  source: Nullable(Type.String()),
  startedAt: Nullable(Timestamp)
})

/** A call turn by turn, with its recordings and the events that it is made of. */
export const CallDetail = Type.Object({
  ...callFields,
  turns: Type.Array(CallTurn),
  recordings: Type.Array(CallRecording),
  events: Type.Array(
    Type.Object({
      id: Type.String({ description: 'its trace shows causes and effects' }),
      type: Type.String(),
      at: Timestamp
    })
  )
})
export type CallDetail = Static<typeof CallDetail>
