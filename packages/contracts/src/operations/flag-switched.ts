import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf } from '../scalars.ts'
import { Flag } from './flag.ts'

export const FlagSwitched = defineEvent({
  type: 'operations.FlagSwitched.v1',
  aggregate: 'flag',
  description:
    'Somebody switched a capability off or on again while everything runs. Every process goes by the newest one within a second.',
  data: Type.Object({
    flag: Flag,
    from: OneOf('on', 'off'),
    to: OneOf('on', 'off'),
    /** In the words of whoever did it; free of personal data. */
    reason: Type.String({ minLength: 3, maxLength: 500 })
  })
})
