import t from 'tap'
import { fieldRank, fieldRanks } from './field-rank.ts'

const rank = (field: string, value: string, evidence: string | null) => fieldRank({ field, value, evidence })
const { inferred, read, stated } = fieldRanks

void t.test('what the person stated ranks above what was read, and that above what was inferred', async (t) => {
  t.equal(rank('company', 'Northwind', 'Northwind'), stated)
  t.equal(rank('company', 'Northwind', 'Company name: Northwind'), stated)
  t.equal(rank('company', 'Booking.com', 'Booking.com'), stated, 'a company that is called like its domain')
  t.equal(rank('company', 'Northwind', 'We at Northwind ship parcels.'), read)
  t.equal(rank('company', 'Northwind', 'marco@northwind.example'), inferred)
  t.equal(rank('company', 'Northwind', 'E-mail: marco@northwind.example'), inferred)
  t.equal(rank('company', 'Northwind', null), inferred, 'nothing supports it')
  t.equal(rank('company', 'Northwind', 'marco@northwind.example … Northwind'), stated, 'the best of several quotes')
})

void t.test('places are inferred from time zones, names from mailboxes', async (t) => {
  t.equal(rank('city', 'Berlin', 'Time zone: Europe/Berlin'), inferred)
  t.equal(rank('country', 'Germany', 'Europe/Berlin'), inferred)
  t.equal(rank('city', 'Lyon', 'Where are you based? Lyon'), stated)
  t.equal(rank('city', 'Lyon', 'Our office is in Lyon.'), read)
  t.equal(rank('firstName', 'Marco', 'Marco Ellison'), stated)
  t.equal(rank('firstName', 'Marco', 'marco.ellison'), inferred)
})

void t.test('of all other fields the newer counts', async (t) => {
  t.equal(rank('budget', '10k', null), rank('budget', '20k', '20k'))
})
