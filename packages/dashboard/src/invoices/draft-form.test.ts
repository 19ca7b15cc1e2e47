import t from 'tap'
import { emptyDraft, emptyLine, formOf, readForm, withCurrency, type DraftForm } from './draft-form.ts'

const typed: DraftForm = {
  ...emptyDraft('EUR'),
  name: ' Marco Ellison ',
  email: 'marco.ellison@example.org',
  lines: [
    { ...emptyLine('a'), text: 'Workshop', quantity: '1,5', price: '333,33', taxRate: '19' },
    {
      ...emptyLine('b'),
      itemId: 'item-1',
      text: 'Licence',
      quantity: '3',
      price: '1.999,00',
      taxRate: '7',
      discount: { kind: 'percent', value: '10' }
    }
  ],
  discount: { kind: 'amount', value: '1,00' }
}

void t.test('a draft as it is typed is reckoned as billing does, and sent exactly', async (t) => {
  const { problems, reckoned, body } = readForm(typed, 'de-DE')
  t.same([...problems], [])
  t.match(reckoned, { totals: { gross: 649_700, discount: 60_070, net: 589_630 } })
  t.same(body, {
    customer: { name: 'Marco Ellison', email: 'marco.ellison@example.org' },
    currency: 'EUR',
    lines: [
      { description: 'Workshop', quantity: '1.5', unitPrice: 33_333, taxRate: '19' },
      {
        itemId: 'item-1',
        description: 'Licence',
        quantity: '3',
        unitPrice: 199_900,
        taxRate: '7',
        discount: { kind: 'percent', percent: '10' }
      }
    ],
    discount: { kind: 'amount', amount: 100 },
    dueDays: 14
  })
})

void t.test('what is wrong is said where it is, and nothing is sent', async (t) => {
  const empty = readForm(emptyDraft('USD'))
  t.same([...empty.problems.keys()], ['name', 'email', 'lines'])
  t.equal(empty.reckoned, null)
  const two = readForm({ ...typed, email: 'a@example.org,b@example.org' }, 'de-DE')
  t.same([...two.problems.keys()], ['email'], 'one address')
  const yen = readForm({ ...typed, currency: 'JPY' }, 'de-DE')
  t.same([...yen.problems.keys()], ['lines.0.price'], 'no part of a yen')
  t.equal(yen.body, null)
  const off = readForm({ ...typed, discount: { kind: 'amount', value: '10.000' } }, 'de-DE')
  t.match(off.problems.get('lines'), /more than there is/)
  const nameless = readForm({ ...typed, name: '' }, 'de-DE')
  t.ok(nameless.reckoned !== null && nameless.body === null, 'it comes to something all the same')
  const { problems } = readForm({ ...typed, dueDays: '366', lines: [{ ...emptyLine('a'), price: '1' }] }, 'de-DE')
  t.same([...problems.keys()], ['dueDays', 'lines.0.text', 'lines.0.taxRate'])
})

void t.test('what was saved is typed on as it was', async (t) => {
  const known = {
    leadId: 'lead-1',
    customer: { name: 'Marco', email: 'marco@example.org', company: 'Ellison Works' },
    currency: 'KWD',
    lines: [{ text: 'Work', itemId: 'i', quantity: '1.5', unitPrice: 1_250, taxRate: '8.875', discount: null }],
    discount: { kind: 'percent' as const, percent: '2.5' },
    dueDays: 30
  }
  const form = formOf(known, 'de-DE')
  t.match(form, { lines: [{ quantity: '1,5', price: '1,250', taxRate: '8,875' }], discount: { value: '2,5' } })
  t.match(readForm(form, 'de-DE').body, {
    leadId: 'lead-1',
    lines: [{ unitPrice: 1_250, quantity: '1.5', taxRate: '8.875' }],
    discount: { percent: '2.5' },
    dueDays: 30
  })
  t.equal(withCurrency(form, 'USD').lines[0]?.itemId, null, 'prices of the catalogue are in one currency')
})
