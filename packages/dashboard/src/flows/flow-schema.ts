import { FlowDocument as FlowDocumentSchema } from '@leadlog/contracts/telephony/flow-document'
import type { FlowDocument, FlowIssue, FlowStep } from '@leadlog/contracts'
import type { TObject, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

/** What the schema allows of a field; undefined where it says nothing. */
export interface Limits {
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly maxItems?: number
}

const stepSchemas = FlowDocumentSchema.properties.steps.items.anyOf as readonly TObject[]
const byKind = new Map(stepSchemas.map((schema) => [String((schema.properties['kind'] as TSchema)['const']), schema]))

/** The limits of a field of a step, by its path in the step: `timeoutSeconds`, `choices/0/words`. */
export function limitsOf(kind: string, path: string): Limits {
  let schema: TSchema | undefined = byKind.get(kind)
  for (const key of path.split('/')) {
    schema = (/^\d+$/.test(key) ? schema?.['items'] : memberOf(schema, key)) as TSchema | undefined
  }
  return (schema ?? {}) as Limits
}

function memberOf(schema: TSchema | undefined, key: string): TSchema | undefined {
  const choices = (schema?.['anyOf'] as readonly TSchema[] | undefined) ?? (schema === undefined ? [] : [schema])
  for (const choice of choices) {
    const member = (choice['properties'] as Readonly<Record<string, TSchema>> | undefined)?.[key]
    if (member !== undefined) return member
  }
  return undefined
}

/** Something that cannot even be saved as a draft, with its place. */
export interface SchemaIssue extends Omit<FlowIssue, 'code'> {
  readonly code: 'NOT_SAVABLE'
}

/** What of a document the schema refuses; a draft without any can be saved. */
export function schemaIssues(flow: FlowDocument): readonly SchemaIssue[] {
  const { steps, ...rest } = flow
  const ofFlow = [...Value.Errors(FlowDocumentSchema, { ...rest, steps: [] })].map(({ path, message, schema }) =>
    issue(null, path, wordsFor(schema, message))
  )
  const tooMany = FlowDocumentSchema.properties.steps.maxItems ?? Infinity
  if (steps.length > tooMany) {
    ofFlow.push(issue(null, '/steps', `A flow has at most ${String(tooMany)} steps. Split it into several flows`))
  }
  return [...ofFlow, ...steps.flatMap((step, index) => issuesOfStep(step, index))]
}

function issuesOfStep(step: FlowStep, index: number): SchemaIssue[] {
  const schema = byKind.get(step.kind)
  if (schema === undefined) return [issue(step.id, `/steps/${String(index)}/kind`, 'No step is of this kind')]
  const seen = new Set<string>()
  return [...Value.Errors(schema, step)].flatMap(({ path, message, schema: refused }) => {
    // One word for one place: a union tells of each of its members.
    if (seen.has(path)) return []
    seen.add(path)
    return [issue(step.id, `/steps/${String(index)}${path}`, wordsFor(refused, message))]
  })
}

function wordsFor(schema: TSchema, message: string): string {
  const { maxLength, maxItems, minimum, maximum, minLength, minItems, description, pattern } = schema as Limits & {
    minLength?: number
    minItems?: number
    description?: string
    pattern?: string
  }
  if (pattern !== undefined)
    return description === undefined ? 'This is not written as it must be' : `Write ${description}`
  if (minimum !== undefined && maximum !== undefined) {
    return `Enter a whole number from ${String(minimum)} to ${String(maximum)}`
  }
  if (minItems !== undefined) return `Choose ${minItems === 1 ? 'at least one' : String(minItems)}`
  if (maxItems !== undefined) return `At most ${String(maxItems)} are allowed`
  if (minLength !== undefined) return 'Enter something'
  if (maxLength !== undefined) return `At most ${String(maxLength)} characters are allowed`
  return message
}

function issue(step: string | null, path: string, message: string): SchemaIssue {
  return { code: 'NOT_SAVABLE', step, path, message }
}

/** A document that somebody gives as a file. @throws TypeError with words for who gave it */
export function readFlowFile(text: string): { readonly name: string | null; readonly document: FlowDocument } {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new TypeError('The file is no JSON. Export a flow to see what one looks like')
  }
  const wrapped = given as { name?: unknown; document?: unknown }
  const document = (wrapped.document ?? given) as FlowDocument
  const name = typeof wrapped.name === 'string' ? wrapped.name : null
  if (typeof document !== 'object' || document === null || !Array.isArray(document.steps)) {
    throw new TypeError('The file holds no flow: it has no list of steps')
  }
  const [first] = schemaIssues(document)
  if (first !== undefined)
    throw new TypeError(`The file holds no flow that could be saved: ${first.path} ${first.message}`)
  return { name, document }
}

/** A flow as a file. */
export function flowFile(name: string, document: FlowDocument): string {
  return `${JSON.stringify({ name, document }, null, 2)}\n`
}
