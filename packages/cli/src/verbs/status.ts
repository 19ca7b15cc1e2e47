import { missing } from '../connection/connections.ts'
import { defineVerb } from '../declaration/verb.ts'
import { exitCodes } from '../exit-codes.ts'
import { readStatus } from '../system/status.ts'
import { statusText } from '../system/status-text.ts'

export const verb = defineVerb({
  description: [
    'Asks every service, NATS and Postgres. Where the address of a service is not known (another system than the local',
    'one), <SERVICE>_URL names it; else its handlers tell whether somebody asks for their messages.'
  ].join('\n'),
  examples: [
    ['leadlog status', 'services, streams, backlog, read models, dead letters, the ledger of today'],
    ["leadlog status --json | jq '.problems'", 'only what needs a person'],
    ['leadlog status > /dev/null || page-somebody', 'as a check']
  ],
  exitCodes: {
    0: 'nothing needs a person',
    1: 'something needs a person: see the end of the output',
    6: 'no system is known'
  },
  async run(context) {
    const { natsUrl, databaseUrl } = await context.connect.config()
    if (natsUrl === undefined && databaseUrl === undefined) throw missing('NATS_URL', 'nats://127.0.0.1:42220')
    const status = await readStatus(context)
    return {
      value: status,
      text: () => statusText(status, context.out.style),
      exitCode: status.problems.length === 0 ? exitCodes.ok : exitCodes.failed
    }
  }
})
