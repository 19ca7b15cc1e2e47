import { defineVerb } from '../../declaration/verb.ts'
import { bytes, count } from '../../output/quantity.ts'
import { formatTable } from '../../output/table.ts'
import { streamStates } from '../../system/streams.ts'

export const verb = defineVerb({
  examples: [['leadlog streams list', 'what each stream holds']],
  async run({ connect, out }) {
    const log = await connect.sealedLog()
    const { natsReplicas, idempotencyTtlSeconds } = await connect.config()
    const streams = await streamStates(log, { replicas: natsReplicas, ingestMaxAgeMs: idempotencyTtlSeconds * 1_000 })
    return {
      value: { streams },
      text: () =>
        formatTable(
          streams,
          [
            { title: 'stream', value: ({ stream }) => stream },
            { title: 'messages', right: true, value: ({ messages, exists }) => (exists ? count(messages) : '-') },
            { title: 'size', right: true, value: (stream) => (stream.exists ? bytes(stream.bytes) : '-') },
            { title: 'subjects', right: true, optional: true, value: ({ subjects }) => count(subjects) },
            {
              title: 'sequences',
              right: true,
              value: ({ firstSequence, lastSequence }) => `${count(firstSequence)}–${count(lastSequence)}`
            },
            {
              title: 'newest',
              optional: true,
              value: ({ lastTime }) => lastTime?.slice(0, 19).replace('T', ' ') ?? ''
            },
            { title: 'replicas', right: true, optional: true, value: ({ replicas }) => String(replicas) },
            { title: 'readers', right: true, optional: true, value: ({ consumers }) => String(consumers) },
            {
              title: 'holds',
              cut: true,
              value: ({ description, exists }) => (exists ? description : `${description} (not made yet)`)
            }
          ],
          out.style
        )
    }
  }
})
