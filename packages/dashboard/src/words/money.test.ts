import { currencies, digitsOf } from '@leadlog/invoicing'
import fc from 'fast-check'
import t from 'tap'
import { amountText, decimalText, moneyText, readAmount, readDecimal } from './money.ts'

const LOCALES = ['en-US', 'de-DE', 'fr-FR', 'de-CH', 'hi-IN', 'ar-EG', 'sv-SE', 'ja-JP']

void t.test('amounts have the digits of their currency', async (t) => {
  const plain = (text: string): string => text.replace(/\s/g, ' ')
  t.equal(plain(moneyText(123_450, 'USD', 'en-US')), 'USD 1,234.50')
  t.equal(plain(moneyText(123_450, 'EUR', 'de-DE')), '1.234,50 EUR')
  t.equal(plain(moneyText(1_234, 'JPY', 'en-US')), 'JPY 1,234')
  t.equal(plain(moneyText(1_234_567, 'KWD', 'en-US')), 'KWD 1,234.567')
  t.equal(plain(moneyText(100_000, 'HUF', 'en-US')), 'HUF 1,000.00', 'by ISO 4217, not by daily use')
  t.equal(plain(moneyText(999_999_999_999, 'KWD', 'en-US')), 'KWD 999,999,999.999', 'exact to the last')
  t.equal(amountText(5, 'USD', 'de-DE'), '0,05')
})

void t.test('what is typed is read as the place writes it', async (t) => {
  t.equal(readAmount('1,234.5', 'USD', 'en-US'), 123_450)
  t.equal(readAmount('1.234,5', 'EUR', 'de-DE'), 123_450)
  t.equal(readAmount('1 234,5', 'EUR', 'fr-FR'), 123_450)
  t.equal(readAmount('500', 'JPY', 'en-US'), 500)
  t.equal(readAmount('0.005', 'KWD', 'en-US'), 5)
  t.equal(readAmount(' 12.00 ', 'JPY', 'en-US'), 12, 'nothing but zeros is left away')
  for (const [text, currency, locale] of [
    ['12,5', 'USD', 'en-US'],
    ['12.5', 'EUR', 'de-DE'],
    ['12.5', 'JPY', 'en-US'],
    ['0.001', 'USD', 'en-US'],
    ['-1', 'USD', 'en-US'],
    ['1e3', 'USD', 'en-US'],
    ['1.2.3', 'USD', 'en-US'],
    ['', 'USD', 'en-US'],
    ['.5', 'USD', 'en-US'],
    ['10000000000', 'USD', 'en-US']
  ] as const) {
    t.equal(readAmount(text, currency, locale), null, `${text} ${currency} ${locale}`)
  }
  t.equal(readDecimal('08.8750', 4, 'en-US'), '8.875')
  t.equal(readDecimal('8,87501', 4, 'de-DE'), null)
  t.equal(decimalText('8.875', 'de-DE'), '8,875')
})

void t.test('what a field shows is read as what it was, in every currency and place', async (t) => {
  const codes = currencies().map(({ code }) => code)
  t.ok(codes.length > 140)
  fc.assert(
    fc.property(
      fc.constantFrom(...codes),
      fc.constantFrom(...LOCALES),
      fc.integer({ min: 0, max: 999_999_999_999 }),
      (code, locale, amount) => {
        const grouped = new Intl.NumberFormat(locale, { minimumFractionDigits: digitsOf(code), useGrouping: 'always' })
        const text = amountText(amount, code, locale)
        const whole = Math.trunc(amount / 10 ** digitsOf(code))
        return (
          readAmount(text, code, locale) === amount &&
          readAmount(grouped.format(whole), code, locale) === whole * 10 ** digitsOf(code)
        )
      }
    )
  )
})
