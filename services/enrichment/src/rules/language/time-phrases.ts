const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const COUNT =
  '(?:\\d{1,2}|an?|one|two|three|four|five|six|nine|twelve|couple of|few)(?:\\s?(?:-|–|to|or)\\s?(?:\\d{1,2}|two|three|four|six))?'
const SPAN = '(?:days?|weeks?|months?|quarters?|years?)'
const PERIOD = '(?:week|month|quarter|year|season|summer|winter|spring|autumn|fall)'

/** Points and stretches of time at which somebody starts, decides or needs something. */
const TIME_PHRASE = new RegExp(
  [
    'as soon as possible|asap\\b|immediately|right away|straight away|urgently|yesterday',
    'no rush|no hurry|some ?time next \\w+|not before \\w+',
    `(?:(?:by|before|until|in|from|after|around|at|since)\\s)?(?:the\\s)?(?:end|start|beginning|middle|first half|second half)\\sof\\s(?:the\\s|this\\s|next\\s)?(?:${PERIOD}|${MONTH}|q[1-4])(?:\\s20\\d\\d)?`,
    `(?:within|in|over|for)\\s(?:the\\s)?(?:next\\s)?(?:${COUNT})\\s${SPAN}`,
    `(?:(?:by|before|until|from|after|during|in)\\s)?(?:the\\s)?(?:this|next|coming)\\s(?:${SPAN}|${PERIOD}|${MONTH})`,
    `(?:(?:by|before|until|from|after|during|in|since|starting)\\s)(?:the\\s)?(?:mid[- ]|early\\s|late\\s)?${MONTH}\\b(?:\\s\\d{1,2}(?:st|nd|rd|th)?)?(?:,?\\s20\\d\\d)?`,
    `(?:(?:by|before|until|from|in|during|early|late)\\s)?q[1-4](?:\\s?(?:of\\s)?20\\d\\d)?`,
    '(?:(?:by|before|until|in|on)\\s)20\\d\\d(?:-\\d\\d(?:-\\d\\d)?)?',
    `(?:before|after|during|until)\\sthe\\s(?:\\w+\\s)?${PERIOD}`
  ].join('|'),
  'gi'
)

/** Time phrases of a text, in order. */
export function timePhrases(text: string): string[] {
  return [...text.matchAll(TIME_PHRASE)].map(([phrase]) => phrase.trim())
}

/** Words that make a time phrase the timing of the purchase. */
export const TIMING_CUE =
  /\b(?:start\w*|begin\w*|launch\w*|go(?:ing)? live|live by|decid\w*|decision|implement\w*|introduc\w*|switch\w*|roll\w*[- ]?out|ready|in place|deadline|renew\w*|contract|expires?|ends?|pilot|timeline|need (?:it|this|something|a solution)|up and running|onboard\w*|migrat\w*|purchase|buy)\b/i

export type Urgency = 'high' | 'medium' | 'low'

/** Low first: `no rush, start some time next month` is no hurry. */
const URGENCIES: readonly [Urgency, RegExp][] = [
  [
    'low',
    /\bno (?:rush|hurry)\b|\bjust (?:looking|exploring|browsing)\b|\bnext year\b|\bsome ?(?:time|day)\b|\bexploring\b|\bsecond half\b|\bnot urgent\b|\blong[- ]term\b|\b(?:six|nine|twelve|6|9|12) months\b/i
  ],
  [
    'high',
    /\basap\b|\bas soon as possible\b|\burgent\w*|\bimmediately\b|\b(?:right|straight) away\b|\bthis (?:week|month)\b|\bnext (?:week|month)\b|\bdeadline\b|\bcontract\b[^.]{0,40}\bends?\b|\bwithin (?:a|one|two|\d) weeks?\b|\byesterday\b/i
  ],
  [
    'medium',
    /\b(?:this|next) quarter\b|\bq[1-4]\b|\b(?:within|in) (?:a |one |two |three |the next |\d )?(?:few )?(?:two |three |\d )?months?\b|\bend of the year\b/i
  ]
]

/** How urgent a text sounds; null where it says nothing of it. */
export function urgencyOf(text: string): Urgency | null {
  return URGENCIES.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}
