/** Words that tell an industry; the first that fits counts, so the special ones come before the general ones. */
const INDUSTRIES: readonly (readonly [name: string, words: RegExp])[] = [
  [
    'Logistics and transport',
    /\b(?:freight|logistics?|trucking|carriers?|cold chain|shipping|courier|haulage|fleets?|transport(?:ation)?|warehous\w+|3pl|brokerage loads?|last[- ]mile)\b/i
  ],
  ['Insurance', /\b(?:insur\w+|underwrit\w+|reinsur\w+)\b/i],
  [
    'Banking and finance',
    /\b(?:banks?|banking|fintech|wealth management|asset management|lending|mortgages?|payments? provider|private equity|venture capital|credit union|financial (?:services|advis\w+))\b/i
  ],
  ['Accounting and tax', /\b(?:accounting firm|accountants?|bookkeep\w+|tax advis\w+|audit firm|cpa)\b/i],
  ['Legal services', /\b(?:law firm|lawyers?|attorneys?|solicitors?|legal services|notary)\b/i],
  [
    'Healthcare',
    /\b(?:hospitals?|clinics?|health ?care|medical|dental|dentists?|patients?|pharmac\w+|nursing|telehealth|therap\w+|physio\w*)\b/i
  ],
  ['Life sciences', /\b(?:biotech\w*|life sciences?|diagnostics|laborator\w+|clinical trials?|medtech|med device)\b/i],
  [
    'Real estate',
    /\b(?:real estate|propert(?:y|ies) (?:management|develop\w+)|realtors?|estate agen\w+|letting|housing association)\b/i
  ],
  [
    'Construction',
    /\b(?:construction|contractors?|architects?|architecture|civil engineering|roofing|plumbing|hvac|electricians?|home builders?)\b/i
  ],
  [
    'Energy and utilities',
    /\b(?:solar|wind (?:farms?|energy|power)|renewables?|energy|utilit(?:y|ies)|mini-grids?|oil and gas|power plants?|ev charging)\b/i
  ],
  [
    'Hospitality and travel',
    /\b(?:hotels?|hospitality|restaurants?|travel agen\w+|tour operators?|tourism|catering|resorts?|airlines?|event venues?)\b/i
  ],
  [
    'Food and beverage',
    /\b(?:foods?|beverages?|mineral water|brewer\w+|winer(?:y|ies)|distiller\w+|baker(?:y|ies)|coffee|tea|dairy|restaurants? supply)\b/i
  ],
  ['Cosmetics and personal care', /\b(?:cosmetics?|skincare|beauty|argan|fragrances?|salons?|spas?)\b/i],
  ['Agriculture', /\b(?:agricultur\w+|farm(?:s|ing)?|agri-?tech|agronom\w+|greenhouses?|livestock)\b/i],
  [
    'Education',
    /\b(?:schools?|universit\w+|education|e-?learning|ed-?tech|training provider|courses?|tutoring|academy)\b/i
  ],
  ['Non-profit', /\b(?:non-?profits?|ngo|charit(?:y|ies)|foundation|donors?|fundrais\w+)\b/i],
  [
    'Public sector',
    /\b(?:government|municipal\w*|city council|public sector|ministry|state agency|local authorit\w+)\b/i
  ],
  ['Staffing and recruiting', /\b(?:recruit\w+|staffing|headhunt\w+|talent acquisition|temp agency)\b/i],
  [
    'Marketing and advertising',
    /\b(?:(?:marketing|advertising|creative|digital|seo|pr|branding|media|web|design) (?:agency|studio|firm)|advertising|public relations|copywriting)\b/i
  ],
  ['Photography and film', /\b(?:photograph\w+|film production|video production|videograph\w+|post[- ]production)\b/i],
  ['Media and publishing', /\b(?:publish(?:er|ing)|newspapers?|magazines?|broadcast\w+|podcasts?|radio station)\b/i],
  ['Sports and fitness', /\b(?:gyms?|fitness|climbing|yoga|sports? clubs?|personal train\w+|dive cent\w+)\b/i],
  ['Packaging', /\b(?:packaging|bottles?|cartons?|labels? printing)\b/i],
  ['Textiles and fashion', /\b(?:textiles?|fabrics?|apparel|fashion|garments?|clothing|footwear)\b/i],
  ['Metals and mining', /\b(?:steel|metals? trad\w+|mining|foundry|aluminium|aluminum)\b/i],
  ['Automotive', /\b(?:automotive|car dealer\w*|dealership|auto parts|vehicles?)\b/i],
  ['Marine', /\b(?:ship engines?|shipyard|marine|maritime|yachts?|vessels?)\b/i],
  ['Electronics', /\b(?:electronic(?:s| components?)|semiconductors?|pcb|sensors?)\b/i],
  [
    'Manufacturing',
    /\b(?:manufactur\w+|factory|factories|industrial|machin(?:e|ery|ing)|fabrication|metal parts|plant equipment|ceramics?)\b/i
  ],
  ['E-commerce', /\b(?:e-?commerce|online (?:shop|store|retail\w*)|dtc|d2c|marketplace|shopify)\b/i],
  ['Retail', /\b(?:retail\w*|supermarkets?|stores?|shops?)\b/i],
  ['Telecommunications', /\b(?:telecom\w*|mobile operator|isp|internet provider|broadband)\b/i],
  [
    'IT services',
    /\b(?:msp|managed (?:it )?services?|it (?:services|consult\w+|support)|system integrator|cyber ?security|data consulting|hosting)\b/i
  ],
  ['Software', /\b(?:saas|software|apps?|mobile app|platform|b2b tech|startup|ai company|developer tools?)\b/i],
  ['Consulting', /\b(?:consult(?:ing|ancy|ants?)|advisory|coaching|coaches)\b/i],
  ['Wholesale and trade', /\b(?:wholesale\w*|distribut(?:or|ion)|import(?:er|s)?|export(?:er|s)?|trad(?:e|ing))\b/i]
]

export interface IndustryMention {
  readonly industry: string
  /** The word that tells it, as it stands in the text. */
  readonly word: string
}

/** Whom a company serves stands behind these words; what it is stands before them. */
const SERVED = /\s(?:for|to|serving|who|that|which)\s/i

/** The industry that a description of a company tells, or null. What the company is counts before whom it serves. */
export function industryIn(text: string): IndustryMention | null {
  return mentionIn(text.split(SERVED)[0] ?? '') ?? mentionIn(text)
}

function mentionIn(text: string): IndustryMention | null {
  for (const [industry, words] of INDUSTRIES) {
    const match = words.exec(text)
    if (match) return { industry, word: match[0] }
  }
  return null
}
