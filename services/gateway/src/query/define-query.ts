import { HttpProblem } from '@leadlog/service'
import { Type, type TObject } from '@sinclair/typebox'
import type { Parameter } from './parameter.ts'

type Parameters = Readonly<Record<string, Parameter<unknown>>>

type ValuesOf<P extends Parameters> = { readonly [K in keyof P]: P[K] extends Parameter<infer Value> ? Value : never }

/** The query string of a route: its documentation and its reading. */
export interface Query<Values> {
  readonly schema: TObject
  /** @throws HttpProblem 400 QUERY_INVALID that names every parameter that is unknown, repeated or malformed */
  parse(raw: unknown): Values
}

/** Declares the query string of a route. What is not declared is refused, so that a typing error is not overlooked. */
export function defineQuery<const P extends Parameters>(parameters: P): Query<ValuesOf<P>> {
  const names = Object.keys(parameters)
  return {
    schema: Type.Object(Object.fromEntries(names.map((name) => [name, parameters[name]?.schema ?? Type.Unknown()]))),
    parse(raw) {
      const given = raw as Readonly<Record<string, unknown>>
      const errors = Object.keys(given)
        .filter((name) => !names.includes(name))
        .map((name) => ({ name, message: `is not a parameter here; known are ${names.join(', ') || 'none'}` }))
      const values: Record<string, unknown> = {}
      for (const [name, parameter] of Object.entries(parameters)) {
        try {
          values[name] = given[name] === undefined ? parameter.absent : parameter.parse(single(given[name]))
        } catch (error) {
          errors.push({ name, message: error instanceof Error ? error.message : String(error) })
        }
      }
      const [first] = errors
      if (first) {
        throw new HttpProblem(400, 'QUERY_INVALID', `Query parameter "${first.name}" ${first.message}`, {
          errors: errors.map(({ name, message }) => ({ path: `querystring/${name}`, message }))
        })
      }
      return values as ValuesOf<P>
    }
  }
}

function single(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('must be given once')
  return value
}
