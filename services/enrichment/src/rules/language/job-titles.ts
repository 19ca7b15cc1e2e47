const FIELD =
  '(?:sales|marketing|operations|ops|revenue(?: operations)?|product|engineering|finance|hr|human resources|people|it|technology|customer (?:success|service|experience|support)|support|business development|growth|design|logistics|procurement|purchasing|supply chain|data|security|legal|partnerships|strategy|commercial|digital|creative|content|brand|training|learning|facilities|fleet|dispatch|warehouse|e-?commerce|accounts?|project management|projects?|production|quality|compliance|research|communications|administration|sales operations|sales enablement|presales)'
const RANK = '(?:senior |junior |lead |group |global |regional |deputy |assistant |associate |interim )?'
const CHIEF = '(?:c[eftiompr]o|cmo|cro|cso|chro|cco|ciso|chief(?: \\w+){1,2} officer)'
const TITLE = [
  `(?:co-?)?(?:founder|owner)(?:\\s?(?:&|and|/|,)\\s?(?:${CHIEF}|(?:managing )?director|president|owner))?`,
  CHIEF,
  '(?:managing|executive|creative|technical|commercial|art|finance|operations|sales|marketing|it|medical|clinical|regional|general) (?:director|manager|partner)',
  `${RANK}(?:s?vp|vice[- ]president|head|director)(?: of|,)? ${FIELD}(?: (?:and|&) ${FIELD})?`,
  `${RANK}${FIELD}(?: (?:and|&) ${FIELD})? (?:manager|director|lead|head|coordinator|specialist|officer|supervisor|analyst|executive|consultant)`,
  `${RANK}(?:office|account|project|product|program(?:me)?|store|plant|general|branch|key account|practice|studio) (?:manager|executive|director|lead)`,
  'president|managing director|general manager|partner|principal|proprietor|sole trader|geschäftsführer(?:in)?'
].join('|')

const I_AM = new RegExp(
  `\\b(?:i am|i'm|i’m|im|i work as|my role is|my title is|as)\\s(?:the\\s|an?\\s|our\\s|their\\s)?(?:new\\s)?(${TITLE})\\b`,
  'i'
)
const ANY = new RegExp(`\\b(?:${TITLE})\\b`, 'i')

/** The title that a speaker or writer gives herself, or null. */
export function ownTitleIn(text: string): string | null {
  return I_AM.exec(text)?.[1]?.trim() ?? null
}

/** Any job title that a text names, or null. */
export function jobTitleIn(text: string): string | null {
  return ANY.exec(text)?.[0].trim() ?? null
}

/** Titles that usually come with the last word on a purchase. */
export const DECIDING_TITLE =
  /\b(?:ceo|cfo|coo|cto|cro|cmo|cio|chief\b.*\bofficer|(?:co-?)?founder|owner|president|proprietor|managing (?:director|partner)|general manager|geschäftsführer(?:in)?|partner)\b/i
