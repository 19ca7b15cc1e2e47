import type { HttpServer } from '@leadlog/service'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choiceParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { CatalogueItem } from './catalogue-item.schema.ts'
import { findCatalogueItem, findCatalogueItems } from './catalogue-items.queries.ts'

const listQuery = defineQuery({
  q: textParameter({ description: 'a part of the name' }),
  currency: textParameter({ description: 'priced in one currency, such as USD' }),
  archived: choiceParameter({ description: 'what is not offered any more, or what is', words: ['true', 'false'] }),
  sort: sortParameter('name', '-name', '-changedAt', 'changedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

/** What is sold. It is changed by commands to `billing`. */
export function catalogueItemRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/catalogue-items',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-catalogue-items'] } },
      schema: {
        tags: ['Billing'],
        summary: 'The catalogue: services with price and tax',
        querystring: listQuery.schema,
        response: { 200: pageOf(CatalogueItem), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findCatalogueItems(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/catalogue-items/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Billing'],
        summary: 'One service of the catalogue',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: CatalogueItem, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      return found(await reads(request, (db) => findCatalogueItem(db, id)), 'ITEM_UNKNOWN', `catalogue item ${id}`)
    }
  )
}
