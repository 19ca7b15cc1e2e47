/** What a question of a booking form asks for. */
export type Topic =
  | 'source'
  | 'availability'
  | 'phone'
  | 'website'
  | 'budget'
  | 'timing'
  | 'teamSize'
  | 'painPoints'
  | 'decisionProcess'
  | 'authority'
  | 'tools'
  | 'objections'
  | 'useCase'
  | 'objectives'
  | 'business'
  | 'industry'
  | 'title'
  | 'need'
  | 'place'
  | 'company'
  | 'name'
  | 'open'

/** The first that fits counts: the special questions come before those whose words they also have. */
const TOPICS: readonly (readonly [Exclude<Topic, 'open'>, RegExp])[] = [
  [
    'source',
    /\b(?:hear|heard|find|found|learn|learned) (?:about |of )?us\b|\breferr(?:ed|al|er)|how did you (?:hear|find)|linkedin|consent|agree to|newsletter|terms (?:and|of)/i
  ],
  [
    'availability',
    /\bbest (?:time|way|day)\b|\b(?:can|may|should) we (?:call|reach)\b|\bwho else (?:will|is|would)\b.*\b(?:join|attend|call|meeting)|dietary|language/i
  ],
  [
    'phone',
    /\b(?:phone|mobile|cell(?:phone)?|telephone|whatsapp)(?:\s?(?:number|no\.?|#))?\s*[?:*]*$|\b(?:phone|mobile|cell|telephone) (?:number|no\b)|^(?:phone|mobile|cell|telephone)\b(?!.*\bsystem)/i
  ],
  ['website', /\bweb ?(?:site|page)\b|\burl\b|\bhome ?page\b|\bdomain\b/i],
  [
    'budget',
    /\bbudget\w*|\b(?:plan|willing|able|like|looking) to (?:spend|invest|pay)|price range|\bhow much (?:are|can|do|would|could)\b.*\b(?:spend|pay|invest|afford)|\bafford/i
  ],
  [
    'timing',
    /^when\b|\btime ?(?:line|frame|scale)\b|\btiming\b|\bhow soon\b|\bhow urgent|\burgency\b|\bstart(?:ing)? date\b|\bdeadline\b|\bgo[- ]live\b|\bby when\b/i
  ],
  [
    'teamSize',
    /\bhow (?:big|large|many)\b.*\b(?:team|compan\w+|business|people|employees|users|seats|reps|staff|agents|organi[sz]ation|licen[cs]es)|\b(?:team|company|organi[sz]ation|business) size\b|\bsize of\b|\bnumber of (?:employees|people|users|seats|staff|reps|agents)|\bhead ?count\b|^(?:employees|users|seats)\b/i
  ],
  [
    'painPoints',
    /\bproblems?\b|\bchalleng\w+|\bpain(?:s|points?)?\b|\bstruggl\w+|\bfrustrat\w+|\bbottlenecks?|\bdifficult\w*|\bissues?\b|\bobstacles?\b|\bnot working\b|\bkeeps? you up/i
  ],
  [
    'decisionProcess',
    /\bdecision[- ]?(?:making )?process|\b(?:evaluation|approval|buying|purchas\w+) process|\bhow (?:do|will|does|are|is|would)\b.*\b(?:decid\w*|decision|choose|buy|purchas\w*)|\bsteps\b.*\b(?:decision|purchase|buy)|\bprocurement\b/i
  ],
  [
    'authority',
    /\bdecision[- ]?makers?\b|\bwho\b.*\b(?:decid\w*|decision|signs?|approv\w*|involved|budget|stakeholders?)|\bauthority\b|\bstakeholders?\b|\bsign[- ]?off\b|\binvolved in (?:the |this )?(?:decision|purchase)/i
  ],
  [
    'tools',
    /\b(?:tools?|software|crm|systems?|platforms?|apps?|applications?|tech(?:nology)? stack|stack|solutions?|products?)\b.*\b(?:us(?:e|ing)|have|current(?:ly)?|today|work with|in place)\b|\b(?:us(?:e|ing)|current(?:ly)?|existing)\b.*\b(?:tools?|software|crm|systems?|platforms?|apps?|stack|solutions?)\b|^(?:tools?|crm|software|tech stack)\b|\bhow do you (?:currently |today )?(?:manage|handle|track|do)\b/i
  ],
  [
    'objections',
    /\bconcerns?\b|\bworr(?:y|ies|ied)\b|\bhesita\w+|\bobjections?\b|\bdoubts?\b|\breservations?\b|\bholding you back\b|\bprevent\w*\b|\bstop you\b/i
  ],
  [
    'useCase',
    /\buse[- ]?cases?\b|\b(?:plan|intend|want|like|going|hope) to use\b|\buse (?:it|us|our|this|the product)\b.*\bfor\b|\bhow (?:would|will|do) you\b.*\buse\b|\bwhat (?:would|will) you use\b/i
  ],
  ['need', /\b(?:out of|from|during|on|in|for) (?:this|the|our|your) (?:call|meeting|demo|session|conversation)\b/i],
  [
    'objectives',
    /\bgoals?\b|\bobjectives?\b|\bachiev\w+|\baccomplish\w*|\boutcomes?\b|\bsuccess\b(?! (?:team|manager))|\bshould be different\b|\bhop(?:e|ing) (?:to|for)\b|\bimprove\b|\bideal\b/i
  ],
  [
    'business',
    /\bwhat (?:does|do) (?:your|the|you)\b.*\b(?:compan\w+|business|organi[sz]ation|firm|team|you)\b.*\b(?:do|sell|make|offer)\b|\bwhat do you (?:sell|make|offer)\b|\b(?:describe|tell us about|about) (?:your|the) (?:compan\w+|business|organi[sz]ation|firm)|\bnature of (?:your )?business|\btype of (?:business|company)/i
  ],
  ['industry', /\bindustr(?:y|ies)\b|\bsector\b|\bvertical\b|\bline of business\b/i],
  [
    'title',
    /\b(?:job )?title\b|\b(?:your|job) (?:role|position|function)\b|^(?:role|position|function)\b|\brole\b|\bposition\b|\bresponsib\w+|\bwhat do you do\b|\bwhat is your job\b/i
  ],
  [
    'need',
    /\blooking for\b|\bhow (?:can|may|could) (?:we|i) help\b|\bhelp (?:you )?with\b|\bwhat brings?\b|\bneeds?\b|\binterested in\b|\bpurpose\b|\bagenda\b|\breason for\b|\blike to (?:discuss|see|cover|learn|talk)\b|\bexpect\w*\b/i
  ],
  ['place', /\bcountry\b|\bcity\b|\blocation\b|\bwhere are you\b|\bbased in\b|\bregion\b|\bstate\b/i],
  [
    'company',
    /\bcompan(?:y|ies)\b|\borgani[sz]ation\b|\bbusiness\b|\bemployer\b|\bfirm\b|\bagency\b|\bbrand\b|\baccount name\b/i
  ],
  ['name', /\bnames?\b/i]
]

export function topicOf(question: string): Topic {
  const asked = question.trim()
  return TOPICS.find(([, pattern]) => pattern.test(asked))?.[0] ?? 'open'
}
