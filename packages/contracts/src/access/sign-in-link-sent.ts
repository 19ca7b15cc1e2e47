import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, PersonId } from '../scalars.ts'
import { RequestOrigin } from './role.ts'

export const SignInLinkSent = defineEvent({
  type: 'access.SignInLinkSent.v1',
  aggregate: 'user',
  description: 'A link to sign in with was handed to the mail server. Whoever asked need not be the user.',
  data: Type.Object({ userId: AggregateId, personId: PersonId, origin: pii(RequestOrigin) })
})
