import { Type } from '@sinclair/typebox'
import { defineEvent, type DataOf } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'
import type { PersonErasedV1 } from './person-erased-v1.ts'

/** Lists what read models must drop, since a projection finds its rows by what an event says and by nothing else. */
export const PersonErased = defineEvent({
  type: 'privacy.PersonErased.v2',
  aggregate: 'person',
  description:
    "The person's key is destroyed: their fields can be read nowhere any more. Read models drop their rows, the CRM record is deleted.",
  data: Type.Object({
    erasureId: AggregateId,
    personId: PersonId,
    leadId: AggregateId,
    meetingIds: Type.Array(Type.String()),
    /** Writes and notes that were queued for the CRM. */
    crmWriteIds: Type.Array(Type.String()),
    /** Calls that were recorded for the person. */
    callIds: Type.Array(Type.String()),
    /** Phone numbers that were the person's, as their keyed hashes. */
    callerIds: Type.Array(Type.String()),
    /** Text messages of the person, and the threads they stand in; absent before there were any. */
    messageIds: Type.Optional(Type.Array(Type.String())),
    threadIds: Type.Optional(Type.Array(Type.String())),
    /** Calls to the person that were asked for; absent before they were listed. */
    dialIds: Type.Optional(Type.Array(Type.String())),
    /** Recordings of calls whose sound is to be removed. */
    recordingIds: Type.Optional(Type.Array(Type.String())),
    /** Invoices of the person with their payments, and customers at Stripe that stand for them; absent before there were any. */
    invoiceIds: Type.Optional(Type.Array(Type.String())),
    paymentIds: Type.Optional(Type.Array(Type.String())),
    stripeCustomerIds: Type.Optional(Type.Array(Type.String())),
    /** Every event of the person so far. */
    eventIds: Type.Array(Type.String())
  }),
  upcast: (previous) => ({ ...(previous as DataOf<typeof PersonErasedV1>), callIds: [], callerIds: [] })
})
