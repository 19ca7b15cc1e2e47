import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { Nullable } from '../scalars.ts'
import { mappingRefusals } from './change-field-mapping.ts'
import { FieldMappingProblem, WantedChange } from './field-mapping.ts'

const { CRM_SYNC_FIELD_UNKNOWN, CRM_SYNC_FIELD_IS_IDENTITY } = mappingRefusals

export const CheckFieldMapping = defineCommand({
  service: 'crm-sync',
  name: 'CheckFieldMapping',
  description:
    "Holds the field mapping against the CRM's fields as they are right now, and tells them. With changes it says what would be wrong if they were made, and changes nothing.",
  data: Type.Object(
    { changes: Type.Optional(Type.Array(WantedChange, { maxItems: 100 })) },
    { additionalProperties: false }
  ),
  result: Type.Object({
    version: Type.Integer(),
    problems: Type.Array(FieldMappingProblem),
    crmFields: Type.Array(
      Type.Object({
        apiName: Type.String(),
        type: Type.String({ description: "by the CRM's own name" }),
        maxLength: Nullable(Type.Integer()),
        readOnly: Type.Boolean(),
        compulsory: Type.Boolean(),
        fits: Type.Array(Type.String(), { description: "Leadlog's fields that could be written to it" })
      })
    )
  }),
  refusals: {
    CRM_SYNC_FIELD_UNKNOWN,
    CRM_SYNC_FIELD_IS_IDENTITY,
    CRM_SYNC_CRM_NOT_CONNECTED: 'the service has no credentials for the CRM, as in a dry run without an account'
  }
})
