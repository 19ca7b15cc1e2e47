import t from 'tap'
import { priceOf } from './price.ts'

void t.test('prices as Twilio writes them', (t) => {
  t.strictSame(priceOf('-0.00790', 'usd'), { amount: '0.00790', currency: 'USD' })
  t.strictSame(priceOf('-1.25', 'EUR'), { amount: '1.25', currency: 'EUR' })
  t.strictSame(priceOf('0.5', 'USD'), { amount: '-0.5', currency: 'USD' }, 'what it gives back')
  t.strictSame(priceOf('-0.00000', 'USD'), { amount: '0', currency: 'USD' })
  for (const unknown of [null, undefined, '', 'free']) t.equal(priceOf(unknown, 'USD'), null)
  t.equal(priceOf('-1', null), null)
  t.end()
})
