import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId, OneOf } from '../scalars.ts'
import { DISCOVERY_QUESTIONS } from './discovery-questions.ts'

/** The id of a question that may be asked. */
export const DiscoveryQuestionName = OneOf(...DISCOVERY_QUESTIONS.map(({ id }) => id))

export const TickDiscoveryQuestion = defineCommand({
  service: 'meetings',
  name: 'TickDiscoveryQuestion',
  description: 'Marks a discovery question as asked in a meeting. Asked already is no error.',
  data: Type.Object({ meetingId: AggregateId, question: DiscoveryQuestionName }, { additionalProperties: false }),
  result: Type.Object({ ticked: Type.Boolean() }),
  refusals: { MEETINGS_MEETING_UNKNOWN: 'no meeting has this id' }
})
