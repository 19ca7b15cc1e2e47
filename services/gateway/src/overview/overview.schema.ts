import { LeadStatus, Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { FlagAnswer } from '../flags/flag.schema.ts'

const milliseconds = (description: string) => Nullable(Type.Number({ description }))

/** What a person wants to know first: what needs them, what flows, and what it costs. */
export const Overview = Type.Object({
  at: Timestamp,
  attention: Type.Object(
    {
      deadLetters: Type.Integer({ description: 'open; they wait for a decision' }),
      deadLetterGroups: Type.Integer({ description: 'kinds of failure among them' }),
      refusedWrites: Type.Integer({ description: 'leads whose newest write the CRM refused' }),
      unknownWrites: Type.Integer({ description: 'writes whose outcome the CRM did not tell' }),
      stuck: Type.Integer({ description: 'received more than 15 minutes ago and not done' }),
      parkedPayments: Type.Integer({ description: 'payments that fit no invoice and wait for a decision' }),
      parkedRows: Type.Integer({ description: 'rows of read models whose events could not be applied' })
    },
    { description: 'all of them 0: nothing needs anybody' }
  ),
  day: Type.Object(
    {
      from: Timestamp,
      received: Type.Integer(),
      done: Type.Integer({ description: 'processed, or nothing was to be done' }),
      failed: Type.Integer(),
      underWay: Type.Integer(),
      crmP50Ms: milliseconds("from the webhook to the CRM's answer, the half that was faster"),
      crmP99Ms: milliseconds("from the webhook to the CRM's answer, all but one in a hundred"),
      hours: Type.Array(
        Type.Object({ hour: Timestamp, received: Type.Integer(), done: Type.Integer(), failed: Type.Integer() }),
        { description: '24, oldest first, by the time of receipt' }
      )
    },
    { description: 'the last 24 full hours and the one under way' }
  ),
  off: Type.Object(
    {
      flags: Type.Array(FlagAnswer, { description: 'those that are off' }),
      dryRunWrites: Type.Integer({ description: 'writes of the day that DRY_RUN kept from the CRM' }),
      readByRules: Type.Integer({ description: 'readings of the day that no language model was asked for' })
    },
    { description: 'what was left out on purpose; no flag and all of them 0: nothing is switched off' }
  ),
  leads: Type.Object({
    total: Type.Integer(),
    statuses: Type.Array(Type.Object({ status: LeadStatus, count: Type.Integer() }), {
      description: 'in the order in which a lead goes through them'
    })
  }),
  spend: Type.Object({
    from: Timestamp,
    readings: Type.Integer({ description: 'bookings and transcripts that were read' }),
    costMicroUsd: Type.Integer({ description: 'millionths of a US dollar, paid to language models in 30 days' })
  })
})
export type Overview = Static<typeof Overview>
