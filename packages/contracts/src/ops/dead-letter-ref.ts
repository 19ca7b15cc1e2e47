import { Type } from '@sinclair/typebox'

/** A dead letter by its id and its place in DEAD_LETTERS, so that it is found without a read model. */
export const deadLetterRef = {
  deadLetterId: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }),
  deadLetterSequence: Type.Integer({ minimum: 1, description: 'its sequence in the stream DEAD_LETTERS' })
}

/** What every act on a dead letter says of it. */
export const deadLetterFields = {
  deadLetterId: Type.String(),
  service: Type.String(),
  handler: Type.String(),
  stream: Type.String(),
  sequence: Type.Integer({ minimum: 0 })
}
