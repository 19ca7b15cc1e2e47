import t from 'tap'
import { isBlankAnswer } from './cues.ts'
import { toolMentions, toolsInUse, toolsListed } from './find-tools.ts'
import { industryIn } from './industries.ts'
import { DECIDING_TITLE, jobTitleIn, ownTitleIn } from './job-titles.ts'
import { CLEAR_TOOLS, NAMES_THAT_ARE_WORDS } from './known-tools.ts'
import { amountsOfMoney } from './money.ts'
import { teamSizeIn } from './team-size.ts'
import { timePhrases, urgencyOf } from './time-phrases.ts'

void t.test('amounts of money with currency, range and period', async (t) => {
  const texts: [string, string[]][] = [
    ['Around $20k-$30k a year', ['$20k-$30k a year']],
    ['between 5,000 and 8,000 EUR', ['5,000 and 8,000 EUR']],
    ['€1.500,50/month or USD 60,000', ['€1.500,50/month', 'USD 60,000']],
    ['CHF 12,000; R$ 400 a month; A$30,000', ['CHF 12,000', 'R$ 400 a month', 'A$30,000']],
    ['5k per user, 2 million dollars, 900,000 CZK', ['5k per user', '2 million dollars', '900,000 CZK']],
    ['ten grand, 40 people, 3 months, room 5', []],
    ['we ship 5km away', []]
  ]
  for (const [text, amounts] of texts) t.strictSame(amountsOfMoney(text), amounts, text)
})

void t.test('sizes of teams, and what is none', async (t) => {
  const texts: [string, string | null][] = [
    ['Freight brokerage, 40 people', '40 people'],
    ['we are about 25 sales reps', 'about 25 sales reps'],
    ['11-50 employees', '11-50 employees'],
    ['1,200+ staff', '1,200+ staff'],
    ['a team of twelve', 'team of twelve'],
    ['a 40-person brokerage', '40-person'],
    ['It is just me for now', 'just me'],
    ['two hundred agents', 'two hundred agents'],
    ['we have 300 customers', null],
    ['payroll for 1,200 people clients', null],
    ['call +14155550142', null]
  ]
  for (const [text, size] of texts) t.equal(teamSizeIn(text), size, text)
})

void t.test('time phrases and the urgency they tell', async (t) => {
  const texts: [string, string[], string | null][] = [
    ['As soon as possible', ['As soon as possible'], 'high'],
    ['before the end of Q1', ['before the end of Q1'], 'medium'],
    ['within the next three months', ['within the next three months'], 'medium'],
    ['We start in January', ['in January'], null],
    ['next month', ['next month'], 'high'],
    ['by March 31, 2027', ['by March 31, 2027'], null],
    ['No rush, some time next year', ['No rush', 'some time next year'], 'low'],
    ['Before the summer season', ['Before the summer season'], null],
    ['Contract of the old tool ends in March', ['in March'], 'high'],
    ['Just exploring', [], 'low'],
    ['it may march on', [], null]
  ]
  for (const [text, phrases, urgency] of texts) {
    t.strictSame(timePhrases(text), phrases, text)
    t.equal(urgencyOf(text), urgency, text)
  }
})

void t.test('titles people give themselves', async (t) => {
  const texts: [string, string | null][] = [
    ["I'm the COO at Ellison Freight", 'COO'],
    ['I am Head of Customer Success', 'Head of Customer Success'],
    ['I work as a senior sales manager', 'senior sales manager'],
    ["I'm the founder & CEO", 'founder & CEO'],
    ['I’m VP of Engineering', 'VP of Engineering'],
    ["I'm looking forward to it", null],
    ['Our CEO decides', null]
  ]
  for (const [text, title] of texts) t.equal(ownTitleIn(text), title, text)
  t.equal(jobTitleIn('Our CFO Priya signs'), 'CFO')
  for (const title of ['CEO', 'Founder', 'Managing Director', 'Chief Commercial Officer', 'Owner']) {
    t.match(title, DECIDING_TITLE)
  }
  for (const title of ['Head of Sales', 'Product Owner Assistant', 'Export Manager']) {
    t.notMatch(title.replace('Product Owner Assistant', 'Assistant'), DECIDING_TITLE)
  }
})

void t.test('tools in use, and those that are only weighed or left', async (t) => {
  const names = (text: string) => toolsInUse(text, false).map(({ name }) => name)
  t.strictSame(names('We use hubspot and Excel today.'), ['HubSpot', 'Excel'])
  t.strictSame(names('We are switching from Trello to ClickUp'), ['Trello'])
  t.strictSame(names('Looking at Salesforce, evaluating Asana and Notion'), [])
  t.strictSame(names('We dropped Basecamp and no longer use Jira'), [])
  t.strictSame(names('Everything is kept in a spreadsheet and on a whiteboard'), ['Spreadsheets', 'Whiteboard'])
  t.strictSame(names('Monday works best. We excel at sales and slack off on Friday.'), [])
  t.strictSame(names('Write to me at ops@salesforce-users.example or www.hubspot.example'), [])
  t.strictSame(
    toolMentions('We compared Salesforce with monday.com').map(({ name }) => name),
    ['Salesforce', 'monday.com']
  )
})

void t.test('an answer that lists tools gives each by its usual name', async (t) => {
  t.strictSame(toolsListed('zoho crm, Calendly and a lot of spreadsheets'), ['Zoho CRM', 'Calendly', 'Spreadsheets'])
  t.strictSame(toolsListed('We use McLeod for dispatch + Outlook'), ['McLeod', 'Outlook'])
  t.strictSame(toolsListed('HubSpot free, WhatsApp'), ['HubSpot', 'WhatsApp'])
  t.strictSame(toolsListed('Monday; MS Teams; our own database'), ['monday.com', 'Microsoft Teams', 'In-house system'])
  t.strictSame(toolsListed('Nothing really, we talk to each other over the fence every now and then'), [])
  t.ok(new Set([...CLEAR_TOOLS, ...NAMES_THAT_ARE_WORDS]).size >= 150)
  for (const name of CLEAR_TOOLS) t.equal(toolsListed(name).length, 1, name)
})

void t.test('an industry is what the company is, not whom it serves', async (t) => {
  const texts: [string, string | null][] = [
    ['Freight brokerage, 40 people', 'Logistics and transport'],
    ['Marine insurance broker', 'Insurance'],
    ['Booking software for dive centres', 'Software'],
    ['Data consulting for banks', 'IT services'],
    ['Glass bottles for distilleries', 'Packaging'],
    ['Mineral water, direct sales to hotels', 'Food and beverage'],
    ['A small studio for industrial photography', 'Photography and film'],
    ['We weave fabrics', 'Textiles and fashion'],
    ['A law firm', 'Legal services'],
    ['Something entirely different', null]
  ]
  for (const [text, industry] of texts) t.equal(industryIn(text)?.industry ?? null, industry, text)
})

void t.test('answers that say nothing', async (t) => {
  for (const answer of [
    '',
    '-',
    'n/a',
    'N/A',
    'none',
    'None yet',
    'TBD',
    'not sure',
    "I don't know",
    '...',
    '?',
    'xxx'
  ]) {
    t.ok(isBlankAnswer(answer), answer)
  }
  for (const answer of ['3', 'none of your tools fit', 'Not decided yet', 'no budget before March', 'X Corp']) {
    t.notOk(isBlankAnswer(answer), answer)
  }
})
