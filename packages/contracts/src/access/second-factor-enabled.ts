import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, PersonId } from '../scalars.ts'

export const SecondFactorEnabled = defineEvent({
  type: 'access.SecondFactorEnabled.v1',
  aggregate: 'user',
  description: 'From now on a user needs a code beside the link. Secret and recovery codes replace earlier ones.',
  data: Type.Object({
    userId: AggregateId,
    personId: PersonId,
    /** Sealed under the person's key a second time, so that whoever may read events still cannot make codes. */
    sealedSecret: Type.String(),
    recoveryCodes: Type.Array(Type.String({ description: 'keyed digest of a code' })),
    /** Time step of the code that confirmed it. */
    codeStep: Type.Integer()
  })
})
