import { rowTypes } from '@leadlog/projections'
import Fastify from 'fastify'
import pg from 'pg'
import { serveWorker } from '../core/worker.ts'
import type { BareRequests } from './users-requests.ts'

/** The least that a list of leads can cost: the same rows, no access, no tags, no compression, no schema. */
const app = Fastify()
let pool: pg.Pool | undefined

const requests: BareRequests = {
  async open({ databaseUrl }) {
    const opened = new pg.Pool({ connectionString: databaseUrl, max: 10, types: rowTypes })
    pool = opened
    app.get('/leads', async () => {
      const { rows } = await opened.query(
        'select * from gateway.leads where captured order by last_activity_at desc, id desc limit 101'
      )
      return { data: rows }
    })
    return { url: await app.listen({ host: '127.0.0.1', port: 0 }) }
  }
}

serveWorker(requests, async () => {
  await app.close()
  await pool?.end()
})
