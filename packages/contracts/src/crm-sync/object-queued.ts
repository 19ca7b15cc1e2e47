import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId } from '../scalars.ts'
import { objectFields, ObjectLinks, ObjectValues } from './object.ts'
import { Lane } from './write.ts'

export const ObjectQueued = defineEvent({
  type: 'crm-sync.ObjectQueued.v1',
  aggregate: 'object',
  description:
    'A contact, a deal or a task of the CRM is to be made or changed. All changes of an object together are its state; those that wait become one call.',
  data: Type.Object({
    ...objectFields,
    writeId: AggregateId,
    lane: Lane,
    causeId: Type.String(),
    values: pii(ObjectValues),
    links: ObjectLinks
  })
})
