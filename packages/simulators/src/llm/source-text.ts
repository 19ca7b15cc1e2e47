/** Something said under a label: an answer under its question, words under their speaker, a value under its name. */
export interface Labelled {
  label: string
  value: string
}

/** What a prompt has to say, without its instructions as far as they can be told apart. */
export interface SourceText {
  labelled: Labelled[]
  sentences: string[]
}

const LABELLED_LINE = /^[\s*•-]*(?:\[[^\]]*\]\s*)?([\p{L}"][^:\n]{0,90}?)\s*(?::|\?\s)\s*(.+)$/u
const ANSWER_LABEL = /^(a|answer)$/i
const QUESTION_LABEL = /^(q|question)$/i
const JSON_PAIR =
  /"(?:question|speaker|name|field)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,\s*"(?:answer|words|text|value)"\s*:\s*"((?:[^"\\]|\\.)*)"/g
const JSON_PAIR_REVERSED =
  /"(?:answer|words|text|value)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,\s*(?:"position"\s*:\s*\d+\s*,\s*)?"(?:question|speaker|name|field)"\s*:\s*"((?:[^"\\]|\\.)*)"/g
const INSTRUCTION =
  /^(extract|answer|return|respond|fill|use|quote|do not|don't|never|give|write|the following|from the|read|list|only|each|every|leave|if )/i

const unescape = (text: string): string => text.replace(/\\n/g, ' ').replace(/\\(.)/g, '$1')

const jsonPairs = (text: string): Labelled[] => [
  ...[...text.matchAll(JSON_PAIR)].map(([, label = '', value = '']) => ({
    label: unescape(label),
    value: unescape(value)
  })),
  ...[...text.matchAll(JSON_PAIR_REVERSED)].map(([, value = '', label = '']) => ({
    label: unescape(label),
    value: unescape(value)
  }))
]

const linePairs = (text: string): Labelled[] => {
  const pairs: Labelled[] = []
  let question = ''
  for (const line of text.split('\n')) {
    const [, label = '', rest = ''] = LABELLED_LINE.exec(line) ?? []
    const value = rest.trim().replace(/^"|",?$/g, '')
    if (QUESTION_LABEL.test(label)) question = value
    else if (ANSWER_LABEL.test(label) && question !== '') {
      pairs.push({ label: question, value })
      question = ''
    } else if (label !== '' && value !== '') pairs.push({ label: label.replaceAll('"', ''), value })
  }
  return pairs
}

const sentencesIn = (text: string): string[] =>
  text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 12 && !sentence.endsWith('?') && !INSTRUCTION.test(sentence))

/** Takes a prompt apart by simple means; the same text always gives the same parts. */
export const readSource = (text: string): SourceText => {
  const labelled = [...jsonPairs(text), ...linePairs(text)]
  const spoken = labelled.flatMap(({ value }) => sentencesIn(value))
  return { labelled, sentences: spoken.length > 0 ? spoken : sentencesIn(text) }
}
