interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: boolean | JsonSchema
}

interface Operation {
  readonly summary?: string
  readonly parameters?: readonly {
    readonly in: string
    readonly name: string
    readonly required?: boolean
    readonly schema: JsonSchema
  }[]
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }>
  >
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>
}

/** TypeScript types of every read of the gateway: its path, query and answer. */
export function apiTypes(document: object): string {
  const { paths } = document as OpenApi
  const reads = Object.entries(paths).flatMap(([path, { get }]) => (get === undefined ? [] : [readOf(path, get)]))
  return `// Generated from the gateway's OpenAPI document by "pnpm run docs"; do not edit.

/** Every read of the gateway by its path. */
export interface GatewayReads {
${reads.join('\n')}
}
`
}

function readOf(path: string, operation: Operation): string {
  const parameters = (place: string): string =>
    object(
      (operation.parameters ?? [])
        .filter((parameter) => parameter.in === place)
        .map(({ name, required, schema }) => `${key(name)}${required === true ? '' : '?'}: ${typeOf(schema)}`)
    )
  const answer = operation.responses?.['200']?.content?.['application/json']?.schema
  const comment = operation.summary === undefined ? '' : `/** ${operation.summary} */\n`
  return `${comment}${key(path)}: { path: ${parameters('path')}; query: ${parameters('query')}; answer: ${answer === undefined ? 'unknown' : typeOf(answer)} }`
}

function typeOf(schema: JsonSchema): string {
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf !== undefined) return `(${schema.anyOf.map(typeOf).join(' | ')})`
  if (schema.allOf !== undefined) return `(${schema.allOf.map(typeOf).join(' & ')})`
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return `(${schema.items === undefined ? 'unknown' : typeOf(schema.items)})[]`
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

function objectType(schema: JsonSchema): string {
  if (schema.properties === undefined) {
    const [pattern] = Object.values(schema.patternProperties ?? {})
    const extra = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : pattern
    return `Record<string, ${extra === undefined ? 'unknown' : typeOf(extra)}>`
  }
  return object(
    Object.entries(schema.properties).map(([name, property]) => {
      const comment = property.description === undefined ? '' : `/** ${property.description} */\n`
      return `${comment}${key(name)}${schema.required?.includes(name) === true ? '' : '?'}: ${typeOf(property)}`
    })
  )
}

function object(members: readonly string[]): string {
  return members.length === 0 ? 'Record<never, never>' : `{\n${members.join('\n')}\n}`
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}
