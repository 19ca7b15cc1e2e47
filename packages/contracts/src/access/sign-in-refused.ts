import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, OneOf, PersonId } from '../scalars.ts'
import { RequestOrigin } from './role.ts'

export const SignInRefused = defineEvent({
  type: 'access.SignInRefused.v1',
  aggregate: 'user',
  description: 'Somebody had a link of a user and was not let in.',
  data: Type.Object({
    userId: AggregateId,
    personId: PersonId,
    reason: OneOf('code-wrong', 'code-used', 'too-many-attempts', 'other-browser'),
    origin: pii(RequestOrigin)
  })
})
