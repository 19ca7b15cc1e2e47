import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const ErasureRequested = defineEvent({
  type: 'privacy.ErasureRequested.v1',
  aggregate: 'person',
  description:
    'Somebody asked that a person be erased. From here on the erasure is carried through, however often it is interrupted.',
  data: Type.Object({
    erasureId: AggregateId,
    personId: PersonId,
    reason: Type.String({ description: 'names nobody, for example a ticket' })
  })
})
