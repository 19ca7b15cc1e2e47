const WORDS =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a |one |two |three |several )?(?:hundred|dozen)'
const NUMBER = `(?:\\d[\\d.,]*\\s?k?|${WORDS})`
const PEOPLE =
  '(?:people|persons|employees|staff|team members|members|users|seats|reps|sales ?people|sales reps|agents|ftes?|engineers|developers|designers|managers|consultants|brokers|dispatchers|technicians|colleagues|of us)'
const QUALIFIER = '(?:(?:sales|full[- ]time|remote|support|office|field|customer success|account)\\s)?'

const COUNTED = new RegExp(
  `(?:\\b(?:about|around|over|under|roughly|nearly|almost|up to|approx\\.?)\\s|~)?\\b${NUMBER}(?:\\s?(?:-|–|to)\\s?${NUMBER})?\\s?\\+?\\s${QUALIFIER}${PEOPLE}\\b`,
  'i'
)
const TEAM_OF = new RegExp(
  `\\b(?:team|company|staff|department|agency|studio|workforce) of (?:about |around |over )?${NUMBER}(?:\\s${PEOPLE})?\\b`,
  'i'
)
const PERSON_TEAM = new RegExp(
  `\\b${NUMBER}[- ](?:person|people|man|strong)\\b(?:\\s(?:team|company|shop|agency|studio))?`,
  'i'
)
const ALONE =
  /\b(?:just me|only me|solo(?:preneur| founder)?|one[- ](?:man|woman|person) (?:show|band|company|business|shop|team)|myself only)\b/i

/** Customers of the company, visitors and the like are counted too, but are no team. */
const OTHERS =
  /\b(?:customers?|clients?|visitors?|subscribers?|followers?|students?|patients?|guests?|tenants?|attendees)\b/i

/** The size of a team or company as a text says it, or null: `40 people`, `team of 12`, `just me`. */
export function teamSizeIn(text: string): string | null {
  for (const pattern of [COUNTED, TEAM_OF, PERSON_TEAM, ALONE]) {
    const match = pattern.exec(text)
    const after = match ? text.slice(match.index, match.index + match[0].length + 15) : ''
    if (match && !OTHERS.test(after)) return match[0].trim()
  }
  return null
}
