import { Type } from '@sinclair/typebox'
import { Nullable, OneOf } from '../scalars.ts'

/** How a run of a message through its handler ended, where an operator asked for it. */
export const Attempt = Type.Object({
  outcome: OneOf('ok', 'failed'),
  code: Nullable(Type.String()),
  message: Nullable(Type.String()),
  fingerprint: Nullable(Type.String({ description: 'the same for failures of one kind' }))
})
