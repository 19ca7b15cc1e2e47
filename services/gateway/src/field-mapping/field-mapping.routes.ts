import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { found, ONE_READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { findFieldMapping, findFieldMappingVersions } from './field-mapping.queries.ts'
import { FieldMappingAnswer, FieldMappingVersionAnswer } from './field-mapping.schema.ts'

const query = defineQuery({ after: afterParameter() })

const NOTHING = ['FIELD_MAPPING_NOT_FOUND', 'field mapping yet: the CRM sync was never started'] as const

/** Where Leadlog's fields stand in the CRM. It is changed by commands to `crm-sync`. */
export function fieldMappingRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/field-mapping',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['CRM'],
        summary: 'The field mapping in force, how it fits the CRM, and what it holds up',
        querystring: query.schema,
        response: { 200: FieldMappingAnswer, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(query.parse(request.query).after)
      return found(await reads(request, findFieldMapping), ...NOTHING)
    }
  )

  app.get(
    '/field-mapping/versions',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['CRM'],
        summary: 'The versions of the field mapping, the newest first: who, when, why, and what changed',
        querystring: query.schema,
        response: { 200: Type.Object({ data: Type.Array(FieldMappingVersionAnswer) }), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(query.parse(request.query).after)
      return { data: found(await reads(request, findFieldMappingVersions), ...NOTHING) }
    }
  )
}
