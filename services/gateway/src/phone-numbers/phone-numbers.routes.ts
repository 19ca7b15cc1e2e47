import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { PhoneNumber } from './phone-number.schema.ts'
import { findPhoneNumbers } from './phone-numbers.queries.ts'

const query = defineQuery({ after: afterParameter() })

/** Our phone numbers. `AssignNumber` of `telephony` says which flow answers. */
export function phoneNumberRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/phone-numbers',
    {
      config: { access: 'operations', shared: { restsOn: ['gateway-phone-numbers', 'gateway-flows'] } },
      schema: {
        tags: ['Telephony'],
        summary: 'Our phone numbers: which flow answers, and since when',
        querystring: query.schema,
        response: { 200: Type.Object({ data: Type.Array(PhoneNumber) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(query.parse(request.query).after)
      return { data: await reads(request, findPhoneNumbers) }
    }
  )
}
