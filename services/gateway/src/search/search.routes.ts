import { HttpProblem, type HttpServer } from '@leadlog/service'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter, choiceParameter, limitParameter, textParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { search } from './search.queries.ts'
import { SEARCHED, SearchHits } from './search.schema.ts'

const searchQuery = defineQuery({
  q: textParameter({
    description: 'words or parts of them: names, addresses, companies, titles, figures of a telephone number'
  }),
  kind: choiceParameter({ description: 'leads, meetings or calls only', words: SEARCHED }),
  limit: limitParameter(),
  after: afterParameter()
})

const DESCRIPTION = `Every word must occur, whatever its case and accents; words of one or two letters at the beginning
of another. A call is found by figures of its number. Where nothing has them all, what has words like them is given, with \`exact\` false.`

/** One field to find a lead, a meeting or a call with. */
export function searchRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/search',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-leads', 'gateway-meetings', 'gateway-calls'] } },
      schema: {
        tags: ['Leads'],
        summary: 'Leads, meetings and calls by what somebody types',
        description: DESCRIPTION,
        querystring: searchQuery.schema,
        response: { 200: SearchHits, ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { q, kind, limit, after } = searchQuery.parse(request.query)
      if (q === undefined) throw new HttpProblem(400, 'QUERY_INVALID', 'Query parameter "q" must say what to look for')
      await freshness.includes(after)
      return { data: await reads(request, (db) => search(db, { q, kind }, limit)) }
    }
  )
}
