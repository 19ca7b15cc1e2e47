import { CLEAR_TOOLS, NAMES_THAT_ARE_WORDS, PLAIN_WAYS } from './known-tools.ts'

export interface ToolMention {
  readonly name: string
  /** Where its name begins and ends in the text. */
  readonly at: number
  readonly end: number
}

const CANONICAL = new Map<string, string>(
  [...CLEAR_TOOLS, ...NAMES_THAT_ARE_WORDS].map((name) => [name.toLowerCase(), name])
)

/** What some names are also called. */
const SAME_TOOL: Readonly<Record<string, string>> = {
  docusign: 'DocuSign',
  bitrix: 'Bitrix24',
  'ms teams': 'Microsoft Teams',
  'microsoft excel': 'Excel',
  monday: 'monday.com'
}

const CLEAR = new RegExp(`(?<![\\w.@/-])(?:${alternatives(CLEAR_TOOLS)})(?![\\w@])`, 'gi')
const WORDS = new RegExp(`(?<![\\w.@/-])(?:${alternatives(NAMES_THAT_ARE_WORDS)})(?![\\w@]|\\.\\w)`, 'g')

/** Says that something is in use. */
const USE_CUE =
  /\b(?:us(?:e|es|ed|ing)|currently|today|right now|at the moment|work(?:ing)? (?:in|with)|rely(?:ing)? on|run(?:ning)? (?:on|everything)|live in|track(?:ed|ing)?|manag(?:e|ed|ing)|keep(?:ing)?|store[ds]?|log(?:ged)?|switch(?:ing)? from|mov(?:e|ing) (?:away )?from|migrat\w+ from|replac(?:e|ing)|connect(?:s|ed)? (?:to|with)|integrat\w+ with|sync\w* with|dispatch|based on|in (?:an? )?|into|inside|have|got|on)\b/i

/** Stands right before a name that is not in use: wanted, weighed, or left. */
const NOT_IN_USE =
  /(?:\b(?:switch(?:ing)?|mov(?:e|ing)|migrat(?:e|ing)|go(?:ing)?) to|\b(?:evaluat|consider|compar|review)\w*|\blook(?:ing|ed)?(?: also| again)? (?:at|into)|\btalk(?:ing|ed)? to|\bversus|\bvs\.?|\binstead of|\balternatives? to|\bcompared (?:to|with)|\bnot(?: using)?|\bno longer(?: use)?|\bstopped using|\bused to use|\bleft|\bdropped|\bnever used|\bfrom\s[\w.]+(?:\s[\w.]+)?\sto)\s+(?:[\w.]+(?:\s[\w.]+)?\s*(?:,|and|or|&)\s*)?$/i

/** Products that a text names as being in use. `asked` where the text answers what is in use. */
export function toolsInUse(text: string, asked: boolean): ToolMention[] {
  const mentions = [...toolMentions(text, asked)].filter(
    ({ at }) => asked || !NOT_IN_USE.test(text.slice(Math.max(0, at - 60), at))
  )
  const plain = PLAIN_WAYS.flatMap(([pattern, name]) => {
    const match = pattern.exec(text)
    return match ? [{ name, at: match.index, end: match.index + match[0].length }] : []
  })
  return [...mentions, ...plain].sort((a, b) => a.at - b.at)
}

/** All products that a text names, in use or not. */
export function toolMentions(text: string, asked = false): ToolMention[] {
  const clear = [...text.matchAll(CLEAR)].map((match) => mention(match))
  const covered = (at: number) => clear.some((found) => at >= found.at && at < found.end)
  const words = asked || USE_CUE.test(text) ? [...text.matchAll(WORDS)].map((match) => mention(match)) : []
  return [...clear, ...words.filter(({ at }) => !covered(at))]
}

/** The product's usual spelling, or the name as it is. */
export function toolName(name: string): string {
  const key = name.toLowerCase()
  return SAME_TOOL[key] ?? CANONICAL.get(key) ?? name
}

/** Words that are no product but what a product is, or how it is used. */
const AROUND_A_NAME =
  /^(?:(?:a lot of|lots of|a bit of|some|mostly|mainly|primarily|only|just|both|also|the|an?|our|we use|i use|we are using|using|we have|currently|old|good old|plain|basic|free)\s+)+|\s+(?:for|to|as|at|in|on|mostly|mainly|only|right now|today|currently|at the moment|etc)(?:\s.*)?$|[.!]+$/gi

/** How a piece of a sentence begins, and no name. */
const PROSE =
  /^(?:none|no|not|nothing|n\/?a|we|i|it|they|you|then|that|this|there|everything|everyone|all|some|maybe|really|also|but|so|various|different|other|others|many|several|etc|more)\b/i

/** Longer pieces between commas are sentences and no names. */
const MAX_NAME_WORDS = 4

/** The products of an answer to the question which ones are in use: known ones and others by name. */
export function toolsListed(answer: string): string[] {
  return answer.split(/[,;\n•+/]|\s&\s|\s(?:and|plus|or|with)\s/i).flatMap((piece) => {
    const known = toolsInUse(piece, true).map(({ name }) => name)
    if (known.length > 0) return known
    const name = piece.trim().replace(AROUND_A_NAME, '').replace(AROUND_A_NAME, '').trim()
    const isName = /\p{L}/u.test(name) && !PROSE.test(name) && name.split(/\s+/).length <= MAX_NAME_WORDS
    return isName ? [toolName(name)] : []
  })
}

function mention(match: RegExpExecArray): ToolMention {
  return { name: toolName(match[0]), at: match.index, end: match.index + match[0].length }
}

function alternatives(names: readonly string[]): string {
  return [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s'))
    .join('|')
}
