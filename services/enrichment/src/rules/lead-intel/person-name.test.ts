import t from 'tap'
import { companyOfEmail } from './company-of-domain.ts'
import { nameFromMailbox, splitName } from './person-name.ts'
import { placeOfTimeZone } from './place-of-time-zone.ts'

void t.test('names are split where a person would split them', async (t) => {
  const names: [string, string, string][] = [
    ['Marco Ellison', 'Marco', 'Ellison'],
    ['Anne-Marie de la Cruz', 'Anne-Marie', 'de la Cruz'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Jan Peter van der Berg', 'Jan Peter', 'van der Berg'],
    ['Dr. Yusuf bin Rashid', 'Yusuf', 'bin Rashid'],
    ['Ms. Zoë Müller-Lindqvist, PhD', 'Zoë', 'Müller-Lindqvist'],
    ['Robert Downey Jr.', 'Robert', 'Downey'],
    ['Mary Jane Watson', 'Mary Jane', 'Watson'],
    ['Ellison, Marco', 'Marco', 'Ellison'],
    ['Marco Ellison, CTO', 'Marco', 'Ellison'],
    ['VAN DER BERG, JAN', 'Jan', 'van der Berg'],
    ["liam o'connor", 'Liam', "O'Connor"],
    ['MARCO ELLISON', 'Marco', 'Ellison'],
    ['Marco Ellison (Ellison Freight)', 'Marco', 'Ellison'],
    ['Marco Ellison | Ellison Freight', 'Marco', 'Ellison'],
    ['Van Morrison', 'Van', 'Morrison'],
    ['Ravindra', '', 'Ravindra'],
    ['田中 太郎', '太郎', '田中'],
    ['美玲 陈', '美玲', '陈'],
    ['김 민수', '민수', '김'],
    ['Владимир Иванов', 'Владимир', 'Иванов'],
    ['  ', '', ''],
    ['marco@ellison-freight.com', '', ''],
    ['12345', '', '']
  ]
  for (const [name, firstName, lastName] of names) t.strictSame(splitName(name), { firstName, lastName }, name)
})

void t.test('a mailbox tells a name only where it plainly is one', async (t) => {
  t.strictSame(nameFromMailbox('marco.ellison@x.example'), { firstName: 'Marco', lastName: 'Ellison' })
  t.strictSame(nameFromMailbox('marco_ellison+demo@x.example'), { firstName: 'Marco', lastName: 'Ellison' })
  for (const mailbox of ['marco', 'info.sales', 'm.ellison', 'marco.ellison.2', 'marco.1990', 'sales.team']) {
    t.strictSame(nameFromMailbox(`${mailbox}@x.example`), { firstName: '', lastName: '' }, mailbox)
  }
})

void t.test('a company is read from its domain, but not from a free-mail provider’s', async (t) => {
  const companies: [string, string | null][] = [
    ['marco@ellison-freight.com', 'Ellison Freight'],
    ['marco@mail.ellison-freight.co.uk', 'Ellison Freight'],
    ['a@ibm.com', 'IBM'],
    ['a@kpmg-audit.com', 'KPMG Audit'],
    ['a@savannahgrid.example', 'Savannahgrid'],
    ['a@harbor_finch.example', 'Harbor Finch'],
    ['a@my-shop.github.io', 'My Shop'],
    ['a@gmail.com', null],
    ['a@yahoo.co.uk', null],
    ['a@yahoo.de', null],
    ['a@hotmail.be', null],
    ['a@hey.com', null],
    ['a@web.de', null],
    ['a@mailinator.com', null],
    ['a@example.com', null],
    ['a@mail.example.org', null],
    ['a@xn--mller-kva.de', null],
    ['a@192.168.0.1', null],
    ['a@localhost', null],
    ['a@', null],
    ['nobody', null]
  ]
  for (const [email, company] of companies) t.equal(companyOfEmail(email), company, email)
})

void t.test('a place is read from a time zone that is named after one', async (t) => {
  t.strictSame(placeOfTimeZone('America/Argentina/Buenos_Aires'), { city: 'Buenos Aires', country: 'Argentina' })
  t.strictSame(placeOfTimeZone('Europe/Berlin'), { city: 'Berlin', country: 'Germany' })
  t.strictSame(placeOfTimeZone('Europe/Oslo'), { city: 'Oslo', country: 'Norway' })
  t.strictSame(placeOfTimeZone('Asia/Calcutta'), { city: 'Kolkata', country: 'India' })
  t.match(placeOfTimeZone('US/Pacific'), { city: 'Los Angeles' })
  t.match(placeOfTimeZone('Australia/ACT'), { city: 'Sydney', country: 'Australia' })
  for (const zone of ['UTC', 'Etc/UTC', 'EST', 'GMT+2', 'CET', '', 'Mars/Olympus', 'Europe/Nowhere']) {
    t.equal(placeOfTimeZone(zone), null, zone)
  }
})
