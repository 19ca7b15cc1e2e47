import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { DiscoveryQuestionName } from './tick-discovery-question.ts'

export const ClearDiscoveryQuestion = defineCommand({
  service: 'meetings',
  name: 'ClearDiscoveryQuestion',
  description: 'Takes the mark back that a discovery question was asked in a meeting. Not marked is no error.',
  data: Type.Object({ meetingId: AggregateId, question: DiscoveryQuestionName }, { additionalProperties: false }),
  result: Type.Object({ ticked: Type.Boolean() }),
  refusals: { MEETINGS_MEETING_UNKNOWN: 'no meeting has this id' }
})
