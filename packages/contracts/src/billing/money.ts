import { Type, type Static } from '@sinclair/typebox'

/** More than any invoice comes to, and far from where integers stop being exact. */
const MOST = 999_999_999_999

/** Code of ISO 4217; how many digits its minor unit has follows from it. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217, such as USD' })

/** An amount of money in the currency's smallest unit: cents, yen, fils. */
export const MinorUnits = Type.Integer({ minimum: 0, maximum: MOST, description: "in the currency's minor unit" })

/** Of a refund: there is none of nothing. */
export const RefundAmount = Type.Integer({
  minimum: 1,
  maximum: MOST,
  description: "above nothing, in the currency's minor unit"
})

/** Per cent as text, exact to four decimals: nothing is ever a floating-point number. */
export const Percent = Type.String({
  pattern: '^(100(\\.0{1,4})?|[0-9]{1,2}(\\.[0-9]{1,4})?)$',
  description: 'per cent, such as 19 or 8.875'
})

export const Quantity = Type.String({
  pattern: '^[0-9]{1,6}(\\.[0-9]{1,3})?$',
  description: 'how many, such as 3 or 1.5'
})

/** Taken off a line, or off the whole invoice. */
export const Discount = Type.Union([
  Type.Object({ kind: Type.Literal('percent'), percent: Percent }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('amount'), amount: MinorUnits }, { additionalProperties: false })
])
export type Discount = Static<typeof Discount>
