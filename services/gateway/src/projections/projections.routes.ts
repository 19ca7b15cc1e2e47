import type { RunningProjections } from '@leadlog/projections'
import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import type { ReadDatabase } from '../database/database.ts'
import { ProjectionAnswer, projectionOf } from './projection.schema.ts'
import { findParked, placeOf } from './projections.queries.ts'

const noParameters = defineQuery({})

/** How far the read models are behind the log. */
export function projectionRoutes(
  app: HttpServer,
  { db }: { readonly db: ReadDatabase },
  projections: Pick<RunningProjections, 'positions'>
): void {
  app.get(
    '/projections',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'Read models: how far they are, and what they had to park',
        querystring: noParameters.schema,
        response: { 200: Type.Object({ data: Type.Array(ProjectionAnswer) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      noParameters.parse(request.query)
      const [positions, parked] = await Promise.all([projections.positions(), findParked(db)])
      return {
        data: positions.map((at) => projectionOf(at, parked.get(placeOf(at.projection, at.stream)) ?? []))
      }
    }
  )
}
