import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, PersonId } from '../scalars.ts'
import { RequestOrigin } from './role.ts'

export const PanelOpened = defineEvent({
  type: 'access.PanelOpened.v1',
  aggregate: 'user',
  description:
    "A user came in by the panel in Zoom, known by the context that Zoom's client brought. Once per session of it.",
  data: Type.Object({
    userId: AggregateId,
    personId: PersonId,
    sessionId: Type.String({ description: 'public id of the session, which opens nothing' }),
    zoomUserId: Type.String(),
    origin: pii(RequestOrigin)
  })
})
