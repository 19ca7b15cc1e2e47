import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element of TwiML. */
export interface TwimlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  /** Text directly in the element, trimmed. */
  text: string
  children: readonly TwimlElement[]
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  htmlEntities: false
})

type Node = Record<string, unknown>

const isList = (value: unknown): value is Node[] => Array.isArray(value)

const elementOf = (node: Node): TwimlElement | undefined => {
  const name = Object.keys(node).find((key) => key !== ':@')
  if (name === undefined || name === '#text' || name.startsWith('?')) return undefined
  const inside = isList(node[name]) ? node[name] : []
  const text = inside.map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join('')
  return {
    name,
    attributes: (node[':@'] ?? {}) as Record<string, string>,
    text: text.trim(),
    children: inside.flatMap((part) => elementOf(part) ?? [])
  }
}

/** Parses TwiML; a text says why it is none. */
export const parseTwiml = (xml: string): TwimlElement | string => {
  const valid = XMLValidator.validate(xml)
  if (valid !== true) return `not well-formed: ${valid.err.msg}`
  const nodes = parser.parse(xml) as unknown
  const [root, ...more] = isList(nodes) ? nodes.flatMap((node) => elementOf(node) ?? []) : []
  if (root === undefined || more.length > 0 || root.name !== 'Response') return 'the root is not one <Response>'
  return root
}
