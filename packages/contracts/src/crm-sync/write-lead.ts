import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'

export const WriteLead = defineCommand({
  service: 'crm-sync',
  name: 'WriteLead',
  description: "Writes a lead's CRM record as the lead stands now, for example under a mapping that was changed.",
  data: Type.Object({ leadId: AggregateId }, { additionalProperties: false }),
  result: Type.Object({ writeId: AggregateId }),
  refusals: { CRM_SYNC_LEAD_UNKNOWN: 'there is no lead with this id' }
})
