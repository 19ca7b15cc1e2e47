import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { CRM_WRITE_KINDS, CrmWrite } from '../crm-writes/crm-write.schema.ts'
import { DeadLetter } from '../dead-letters/dead-letter.schema.ts'
import { FailedAttempt } from '../dead-letters/failed-attempt.schema.ts'
import { ReceivedEventStatus } from './status.ts'

const receivedEventFields = {
  id: Type.String(),
  provider: Type.String(),
  eventType: Type.String(),
  externalId: Type.String(),
  idempotencyKey: Type.String(),
  status: ReceivedEventStatus,
  receivedAt: Timestamp,
  startedAt: Nullable(Timestamp),
  finishedAt: Nullable(Timestamp),
  lastActivityAt: Nullable(Timestamp),
  size: Type.Integer({ description: 'bytes of the body' }),
  attempts: Type.Integer({
    description: 'attempts that the most troublesome step has taken so far; 1 without trouble'
  }),
  failedAttempts: Type.Integer(),
  nextAttemptAt: Nullable(Timestamp),
  lastError: Nullable(
    Type.Object({
      at: Timestamp,
      service: Type.String(),
      handler: Type.String(),
      attempt: Type.Integer(),
      code: Type.String(),
      message: Type.String()
    })
  ),
  ignoredBecause: Nullable(Type.String()),
  pendingSteps: Type.Integer({ description: 'steps under way, CRM writes included' }),
  lead: Nullable(Type.Object({ id: Type.String(), name: Nullable(Type.String()), email: Type.String() })),
  meetingId: Nullable(Type.String())
}

/** A webhook with how far it got. */
export const ReceivedEvent = Type.Object(receivedEventFields)
export type ReceivedEvent = Static<typeof ReceivedEvent>

/** A step on the way of a webhook: who took it up and when it was done. */
export const ReceivedEventStep = Type.Object({
  kind: OneOf('translate', 'lead', 'extract', 'sync', ...CRM_WRITE_KINDS),
  causeId: Type.String({ description: 'the event or write that the step belongs to' }),
  startedAt: Timestamp,
  finishedAt: Nullable(Timestamp)
})
export type ReceivedEventStep = Static<typeof ReceivedEventStep>

/** A webhook with every step, failure and CRM write. */
export const ReceivedEventDetail = Type.Object({
  ...receivedEventFields,
  verifiedBy: Type.String({ description: 'how the signature was verified' }),
  ignoredDetail: Nullable(Type.String()),
  steps: Type.Array(ReceivedEventStep),
  failedAttemptLog: Type.Array(FailedAttempt),
  deadLetters: Type.Array(DeadLetter),
  crmWrites: Type.Array(CrmWrite)
})
export type ReceivedEventDetail = Static<typeof ReceivedEventDetail>
