import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId, OneOf } from '../scalars.ts'
import { Why } from './suppress-contact.ts'

export const CancelCall = defineCommand({
  service: 'telephony',
  name: 'CancelCall',
  description:
    'Takes back a call that was asked for: it is not placed, or ended where it rings or is under way. That it is over already is no error.',
  data: Type.Object({ dialId: AggregateId, why: Type.Optional(Why) }, { additionalProperties: false }),
  result: Type.Object({ dialId: Type.String(), state: OneOf('waiting', 'placed', 'not-placed') }),
  refusals: { TELEPHONY_DIAL_UNKNOWN: 'no call was asked for under this id' }
})
