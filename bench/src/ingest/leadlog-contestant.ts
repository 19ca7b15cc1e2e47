import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { services } from '@leadlog/local/services'
import { startNats } from '@leadlog/local/servers'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { BenchContext } from '../core/bench-context.ts'
import { serviceNamed, startLeadlogProgram } from '../core/leadlog-program.ts'
import { natsVersion } from '../core/server-versions.ts'
import type { Contestant } from './contestant.ts'

/** The ingest service itself, as its own process, on a NATS server of its own. */
export async function leadlogContestant(
  { folder, teardown }: BenchContext,
  options: { name: string; signingKey: string; syncAlways: boolean }
): Promise<Contestant> {
  const own = path.join(folder, options.syncAlways ? 'leadlog-sync-always' : 'leadlog')
  const nats = await startNats({ dataDir: path.join(own, 'nats'), syncAlways: options.syncAlways })
  teardown.add(() => nats.stop())
  const program = await startLeadlogProgram({
    service: serviceNamed(services, 'ingest'),
    environment: {
      NODE_ENV: 'production',
      NATS_URL: nats.url,
      NATS_SYNC_ALWAYS: String(options.syncAlways),
      LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
      CALENDLY_SIGNING_KEY: options.signingKey
    },
    folder: own,
    teardown
  })
  const connection = await connect({ servers: nats.url })
  teardown.add(() => connection.close())
  const manager = await jetstreamManager(connection)
  return {
    name: options.name,
    port: program.port,
    routePid: program.pid,
    storePid: nats.pid,
    store: await natsVersion(nats.url),
    stored: async () => (await manager.streams.info('INGEST')).state.messages
  }
}
