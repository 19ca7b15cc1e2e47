import { defineVerb } from '../../declaration/verb.ts'
import { exitCodes } from '../../exit-codes.ts'
import { drifted, driftText } from '../../system/stream-drift.ts'

export const verb = defineVerb({
  examples: [['leadlog streams diff', 'each field that is not as the code wants it']],
  exitCodes: { 0: 'nothing differs', 1: 'something differs or is missing' },
  async run({ connect, out }) {
    const streams = drifted(await (await connect.sealedLog()).diffStreams())
    return {
      value: { streams },
      text: () => driftText(streams, out.style),
      exitCode: streams.length === 0 ? exitCodes.ok : exitCodes.failed
    }
  }
})
