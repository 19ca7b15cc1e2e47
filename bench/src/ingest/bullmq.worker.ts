import { Queue } from 'bullmq'
import { servePeer } from './serve-peer.ts'

/** As its guide for production has it for processes that only add jobs: fail instead of queueing while Redis is away. */
servePeer(async (server) => {
  const { hostname, port } = new URL(server)
  const connection = { host: hostname, port: Number(port), enableOfflineQueue: false }
  const queue = new Queue('webhooks', { connection })
  queue.on('error', (error) => console.error(error))
  await queue.waitUntilReady()
  return {
    // A job id that is there already makes the call do nothing; the answer does not tell.
    put: async ({ eventId, ...webhook }) => {
      await queue.add('webhook', webhook, { jobId: eventId })
      return false
    },
    count: async () => (await queue.getJobCounts('waiting', 'active', 'completed', 'failed'))['waiting'] ?? 0,
    close: () => queue.close()
  }
})
