import { defineVerb } from '../../declaration/verb.ts'
import { drifted, driftText } from '../../system/stream-drift.ts'

export const verb = defineVerb({
  description:
    'Wants NATS_REPLICAS and IDEMPOTENCY_TTL_SECONDS set as for the services. KV_KEYS and OBJ_OBJECTS get the replicas too.',
  dangerous: true,
  examples: [
    ['leadlog streams apply', 'shows what differs, asks, and mends it'],
    ['NATS_REPLICAS=3 leadlog streams apply --yes', 'after the step to a cluster of three']
  ],
  async run({ connect, out, confirm }) {
    const log = await connect.writingLog()
    const streams = drifted(await log.diffStreams())
    if (streams.length > 0) {
      out.note(driftText(streams, out.style))
      await confirm('Change the streams on the server?')
    }
    const changes = await log.applyStreams()
    return {
      value: { changes },
      text: () =>
        changes.length === 0
          ? 'Nothing to do: every stream is as the code wants it.'
          : changes.map(({ stream, action }) => `${stream} ${action}`).join('\n')
    }
  }
})
