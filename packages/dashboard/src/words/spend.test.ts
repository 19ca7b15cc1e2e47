import t from 'tap'
import {
  budgetLook,
  daysOf,
  entryWord,
  exactMoney,
  minorMoney,
  money,
  monthFrom,
  monthWords,
  quantityWords,
  readBudget,
  shareWords,
  spanOfMonth,
  spanOfUse
} from './spend.ts'

void t.test('money has the digits of its currency, and more where it is less than a coin', (t) => {
  t.equal(money(1_234_567_890, 'USD'), '$1,234.57')
  t.equal(money(8_500, 'USD'), '$0.0085')
  t.equal(money(231_204, 'USD'), '$0.2312')
  t.equal(money(12, 'USD'), '$0.000012')
  t.equal(exactMoney(3_744, 'USD'), '$0.003744')
  t.equal(exactMoney(1_500_000, 'USD'), '$1.5000')
  t.strictSame([minorMoney(125_050, 'USD'), minorMoney(500, 'JPY')], ['$1,250.50', '¥500'])
  t.match(minorMoney(100_000, 'HUF'), /1,000\.00$/, 'by ISO 4217, as billing counts, not by daily use')
  t.equal(money(0, 'USD'), '$0.00')
  t.match(money(2_000_000, 'XXX'), /2\.00$/, 'also what is no currency of ISO 4217')
  t.equal(money(5_001_000_000, 'JPY'), '¥5,001')
  t.end()
})

void t.test('months and their days are those of UTC', (t) => {
  t.equal(monthWords('2026-11'), 'November 2026')
  t.strictSame([monthFrom('2026-12', 1), monthFrom('2026-01', -1)], ['2027-01', '2025-12'])
  t.strictSame(spanOfUse('2026-11-30T23:59:00.000Z'), { from: '2026-11-30', to: '2026-12-31' })
  t.strictSame(spanOfMonth('2026-12'), { from: '2026-12-01', to: '2027-01-01' })
  t.strictSame([daysOf('2028-02').length, daysOf('2026-11').at(-1)], [29, '2026-11-30'])
  t.end()
})

void t.test('entries in words', (t) => {
  t.equal(entryWord({ kind: 'sms', provider: 'twilio' }), 'Text message')
  t.equal(entryWord({ kind: 'language-model', provider: 'what-if' }), 'What-if')
  t.equal(quantityWords({ quantity: 125, unit: 'seconds' }), '2 min 5 s')
  t.equal(quantityWords({ quantity: 1_200, unit: 'tokens' }), '1,200 tokens')
  t.equal(quantityWords({ quantity: 1, unit: 'segments' }), '1 part')
  t.equal(quantityWords({ quantity: null, unit: null }), null)
  t.end()
})

void t.test('a budget is typed as people write money', (t) => {
  t.equal(readBudget('1,250.5', 'USD', 'en-US'), 125_050)
  t.equal(readBudget('500', 'JPY', 'en-US'), 500)
  t.equal(readBudget('499,50', 'EUR', 'de-DE'), 49_950)
  for (const wrong of ['', '0', '-5', '1.234', 'ten', '1e5', '499,50']) {
    t.equal(readBudget(wrong, 'USD', 'en-US'), null, wrong)
  }
  t.end()
})

void t.test('how a budget stands', (t) => {
  t.strictSame([0, 0.004, 0.799, 1.2].map(shareWords), ['0 %', 'Less than 1 %', '79 %', '120 %'])
  t.match(
    [79, 80, 90, 100].map((used) => budgetLook(used, 100).tone),
    ['success', 'warning', 'danger', 'danger']
  )
  t.end()
})
