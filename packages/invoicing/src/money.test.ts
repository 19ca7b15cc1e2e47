import { isRefusal, type CreditedLine, type Discount, type NewEvent } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { creditLines } from './credit.ts'
import { digitsOf, isCurrency, showMoney } from './currency.ts'
import { percentOf, roundHalfUp, scaled, shareOut, times } from './exact.ts'
import { reckon, type LineBasis } from './reckon.ts'

const decimal = (whole: number, digits: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: whole }), fc.integer({ min: 0, max: 10 ** digits - 1 }))
    .map(([before, after]) => `${before}.${String(after).padStart(digits, '0')}`)
const discount = fc.option(
  fc.oneof(
    decimal(99, 4).map((percent): Discount => ({ kind: 'percent', percent })),
    fc.integer({ min: 0, max: 500 }).map((amount): Discount => ({ kind: 'amount', amount }))
  ),
  { nil: null }
)
const line: fc.Arbitrary<LineBasis> = fc.record({
  itemId: fc.constant(null),
  itemVersion: fc.constant(null),
  quantity: decimal(40, 3),
  unitPrice: fc.integer({ min: 0, max: 90_000 }),
  taxRate: decimal(99, 4),
  discount
})
const lines = fc.array(line, { minLength: 1, maxLength: 8 })

void t.test('numbers in decimals are exact, and half a unit goes up', async (t) => {
  t.equal(scaled('8.875', 4), 88_750n)
  t.throws(() => scaled('8.87501', 4), TypeError)
  t.throws(() => scaled('-1', 2), TypeError)
  t.equal(roundHalfUp(5n, 2n), 3n)
  t.equal(roundHalfUp(7n, 3n), 2n)
  t.equal(percentOf(50n, '1'), 1n, 'half a cent')
  t.equal(percentOf(49n, '1'), 0n)
  t.equal(percentOf(1_005n, '10'), 101n, 'which a floating-point number makes 100')
  t.equal(times(333n, '1.5'), 500n)
})

void t.test('currencies have the minor unit of ISO 4217', async (t) => {
  t.strictSame(['USD', 'JPY', 'KWD', 'HUF', 'ISK'].map(digitsOf), [2, 0, 3, 2, 0])
  t.strictSame(['USD', 'XAU', 'XXX', 'ABC', 'CLF'].map(isCurrency), [true, false, false, false, false])
  t.strictSame(
    [showMoney(123_450, 'USD'), showMoney(5, 'USD'), showMoney(1_234, 'JPY'), showMoney(1_234_567, 'KWD')],
    ['1,234.50 USD', '0.05 USD', '1,234 JPY', '1,234.567 KWD']
  )
})

void t.test('shares add up to what is shared out, and none is above its weight', async () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 9 }),
      fc.nat(),
      (weights, seed) => {
        const all = weights.reduce((sum, weight) => sum + weight, 0n)
        const amount = all === 0n ? 0n : BigInt(seed) % (all + 1n)
        const shares = shareOut(amount, weights)
        return (
          shares.reduce((sum, share) => sum + share, 0n) === amount &&
          shares.every((share, index) => share >= 0n && share <= (weights[index] ?? 0n))
        )
      }
    )
  )
})

void t.test('lines add up to the totals to the last unit, whatever is taken off', async (t) => {
  let reckoned = 0
  fc.assert(
    fc.property(lines, discount, (bases, whole) => {
      const result = reckon(bases, whole)
      if ('refused' in result) return result.code === 'BILLING_DISCOUNT_TOO_LARGE'
      reckoned += 1
      const total = (field: 'gross' | 'net' | 'tax' | 'total'): number =>
        result.lines.reduce((sum, each) => sum + each[field], 0)
      const off = result.lines.reduce((sum, each) => sum + each.lineDiscount + each.sharedDiscount, 0)
      return (
        (['gross', 'net', 'tax', 'total'] as const).every((field) => total(field) === result.totals[field]) &&
        off === result.totals.discount &&
        result.totals.gross - result.totals.discount === result.totals.net &&
        result.totals.net + result.totals.tax === result.totals.total &&
        result.lines.every(
          (each) =>
            each.net >= 0 &&
            each.tax === Number(percentOf(BigInt(each.net), each.taxRate)) &&
            Number.isSafeInteger(each.total)
        )
      )
    })
  )
  t.ok(reckoned > 20, 'most were reckoned')
})

void t.test('a known invoice is reckoned as by hand', async (t) => {
  const base = { itemId: null, itemVersion: null }
  const result = reckon(
    [
      { ...base, quantity: '3', unitPrice: 1_999, taxRate: '19', discount: null },
      { ...base, quantity: '1.5', unitPrice: 333, taxRate: '7', discount: { kind: 'percent', percent: '10' } }
    ],
    { kind: 'amount', amount: 100 }
  )
  t.match(result, {
    lines: [
      { gross: 5_997, lineDiscount: 0, sharedDiscount: 93, net: 5_904, tax: 1_122, total: 7_026 },
      { gross: 500, lineDiscount: 50, sharedDiscount: 7, net: 443, tax: 31, total: 474 }
    ],
    totals: { gross: 6_497, discount: 150, net: 6_347, tax: 1_153, total: 7_500 }
  })
  t.match(
    reckon([{ ...base, quantity: '1', unitPrice: 5, taxRate: '0', discount: null }], { kind: 'amount', amount: 6 }),
    {
      code: 'BILLING_DISCOUNT_TOO_LARGE'
    }
  )
  t.match(reckon([{ ...base, quantity: '999999', unitPrice: 999_999_999, taxRate: '0', discount: null }], null), {
    code: 'BILLING_AMOUNT_TOO_LARGE'
  })
})

const currency = fc.constantFrom('JPY', 'KRW', 'VND', 'USD', 'EUR', 'KWD', 'BHD')

void t.test('in currencies without decimals, with two and with three, nothing is a part of a unit', async (t) => {
  const places = new Set<number>()
  fc.assert(
    fc.property(lines, discount, currency, (bases, whole, code) => {
      const result = reckon(bases, whole)
      if ('refused' in result) return true
      places.add(digitsOf(code))
      const shown = Object.values(result.totals).map((amount) => showMoney(amount, code))
      return (
        Object.values(result.totals).every((amount) => Number.isSafeInteger(amount) && amount >= 0) &&
        shown.every((text, index) => {
          const [, decimals = ''] = text.slice(0, -4).split('.')
          const back = Number(text.slice(0, -4).replaceAll(/[,.]/g, ''))
          return decimals.length === digitsOf(code) && back === Object.values(result.totals)[index]
        })
      )
    })
  )
  t.strictSame([...places].sort(), [0, 2, 3])
})

void t.test('what is rounded is at most half a unit away from the exact amount, and a half goes up', async () => {
  fc.assert(
    fc.property(lines, (bases) => {
      const result = reckon(bases, null)
      if ('refused' in result) return true
      return result.lines.every((each) => {
        // Twice the distance in the finest parts there are: thousandths of a quantity, millionths of a rate.
        const gross = 2n * (BigInt(each.gross) * 1_000n - BigInt(each.unitPrice) * scaled(each.quantity, 3))
        const tax = 2n * (BigInt(each.tax) * 1_000_000n - BigInt(each.net) * scaled(each.taxRate, 4))
        return gross > -1_000n && gross <= 1_000n && tax > -1_000_000n && tax <= 1_000_000n
      })
    })
  )
})

void t.test('credit notes of a line, however it is divided, add up to its net and tax', async () => {
  fc.assert(
    fc.property(lines, fc.array(fc.integer({ min: 1, max: 97 }), { maxLength: 6 }), (bases, parts) => {
      const result = reckon(bases, null)
      if ('refused' in result) return true
      const credited = new Map<number, number>()
      const notes: CreditedLine[] = []
      const take = (note: readonly CreditedLine[]): void => {
        for (const each of note) {
          credited.set(each.line, (credited.get(each.line) ?? 0) + each.total)
          notes.push(each)
        }
      }
      for (const percent of parts) {
        const request = result.lines.flatMap(({ total }, index) => {
          const part = Math.floor(((total - (credited.get(index + 1) ?? 0)) * percent) / 100)
          return part > 0 ? [{ line: index + 1, total: part }] : []
        })
        const note = creditLines(result.lines, credited, request)
        if (request.length === 0 ? !isRefused(note) : isRefused(note)) return false
        if (!isRefused(note)) take(note)
      }
      const rest = creditLines(result.lines, credited, null)
      if (!isRefused(rest)) take(rest)
      return (
        notes.every(({ net, tax, total }) => net >= 0 && tax >= 0 && net + tax === total) &&
        result.lines.every((each, index) => {
          const own = notes.filter(({ line }) => line === index + 1)
          return (
            own.reduce((sum, { tax }) => sum + tax, 0) === each.tax &&
            own.reduce((sum, { net }) => sum + net, 0) === each.net
          )
        })
      )
    })
  )
})

function isRefused(result: ReturnType<typeof creditLines>): result is Extract<typeof result, { refused: true }> {
  return isRefusal(result as unknown as readonly NewEvent[])
}
