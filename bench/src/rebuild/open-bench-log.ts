import { openEventLog, type EventLog } from '@leadlog/event-log'
import { openKeyring, parseMasterKey, type Keyring } from '@leadlog/keyring'
import { quietLogger } from './quiet-logger.ts'

export interface LogAddress {
  readonly natsUrl: string
  readonly masterKey: string
}

/** The log with its keyring, as a service has them. */
export async function openBenchLog({ natsUrl, masterKey }: LogAddress): Promise<{ log: EventLog; keyring: Keyring }> {
  const log = await openEventLog({ servers: natsUrl, name: 'bench', logger: quietLogger, declaredSyncAlways: false })
  await log.ensureStreams()
  const keyring = await openKeyring({ connection: log.connection, masterKey: parseMasterKey(masterKey) })
  log.useCipher(keyring)
  return { log, keyring }
}
