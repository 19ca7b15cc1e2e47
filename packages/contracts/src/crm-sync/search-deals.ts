import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId, Nullable } from '../scalars.ts'

/** A deal as the CRM's search shows it, without what may be personal. */
const FoundDeal = Type.Object({
  crmId: Type.String(),
  key: Nullable(Type.String({ description: 'own key of a deal that was written by WriteDeal; null for another one' })),
  leadId: Nullable(Type.String()),
  stage: Nullable(Type.String({ description: 'by its name in the CRM' })),
  amount: Nullable(Type.Number({ description: 'as the CRM shows it, in whole units of the currency' })),
  currency: Nullable(Type.String()),
  closeDate: Nullable(Type.String())
})

export const SearchDeals = defineCommand({
  service: 'crm-sync',
  name: 'SearchDeals',
  description:
    "Looks for deals in the CRM, also for those that Leadlog did not write. All conditions together; the CRM's index shows a write only after a while, so what is missing may still be there.",
  data: Type.Object(
    {
      leadId: Type.Optional(AggregateId),
      stage: Type.Optional(Type.String({ minLength: 1, maxLength: 120, description: 'by its name in the CRM' })),
      nameBegins: Type.Optional(
        Type.String({ minLength: 2, maxLength: 120, description: "the beginning of the deal's name; nothing personal" })
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: 'how many are told; 20 by default' }))
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    deals: Type.Array(FoundDeal),
    more: Type.Boolean({ description: 'true where the CRM has more than were told' })
  }),
  refusals: {
    CRM_SYNC_OBJECTS_OFF: 'deals are not kept in the CRM; CRM_OBJECTS names what is',
    CRM_SYNC_SEARCH_WITHOUT_CONDITION: 'neither lead, stage nor the beginning of a name was given',
    CRM_SYNC_FIELD_OFF: 'the field of a condition is switched off in the mapping',
    CRM_SYNC_CRM_NOT_CONNECTED: 'the service has no credentials for the CRM, as in a dry run without an account'
  }
})
