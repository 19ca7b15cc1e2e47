import { PgBoss } from 'pg-boss'
import pg from 'pg'
import { servePeer } from './serve-peer.ts'

const QUEUE = 'webhooks'

/** A process that only sends, hence without supervision and schedules; the pool keeps its default of ten connections. */
servePeer(async (server) => {
  const boss = new PgBoss({ connectionString: server, supervise: false, schedule: false })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  await boss.createQueue(QUEUE)
  return {
    // A job whose id is there already is not sent; the answer is null then.
    put: async ({ eventId, ...webhook }) => (await boss.send(QUEUE, webhook, { id: asUuid(eventId) })) === null,
    async count() {
      const client = new pg.Client({ connectionString: server })
      await client.connect()
      try {
        const { rows } = await client.query<{ count: string }>('select count(*) from pgboss.job where name = $1', [
          QUEUE
        ])
        return Number(rows[0]?.count)
      } finally {
        await client.end()
      }
    },
    close: () => boss.stop({ graceful: false })
  }
})

function asUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
