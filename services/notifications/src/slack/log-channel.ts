import type { Logger } from '@leadlog/service'
import type { AlertChannel } from '../alerts/alert-failures.reactor.ts'

/** Where no channel is configured, alerts are error lines in the log. */
export function logChannel(logger: Logger): AlertChannel {
  return {
    name: 'log',
    send: (text) => {
      logger.error({ alert: text }, 'alert')
      return Promise.resolve()
    }
  }
}
