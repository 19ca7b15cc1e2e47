import { Type } from '@sinclair/typebox'
import { Timestamp } from '../scalars.ts'

/** What Twilio charges, as it writes it; below zero for what it gives back. */
export const priceFields = {
  price: Type.String({
    pattern: '^-?[0-9]{1,9}(\\.[0-9]{1,12})?$',
    description: "what is charged, exact, in the currency's main unit"
  }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217, such as USD' }),
  /** When it was used; prices come later. */
  usedAt: Timestamp
}
