import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'

export const CreateConference = defineCommand({
  service: 'telephony',
  name: 'CreateConference',
  description: 'Opens a conference that people can be called into.',
  data: Type.Object(
    { name: Type.String({ minLength: 1, maxLength: 80, description: 'what you call it; not a person' }) },
    { additionalProperties: false }
  ),
  result: Type.Object({ conferenceId: Type.String() })
})
