import { configuredMapping, crmSyncConfig, mappingInForce } from '@leadlog/crm-sync/what-if'
import type { EventLog } from '@leadlog/event-log'
import type { FrozenConfiguration } from '@leadlog/frozen'
import { meetings } from '@leadlog/meetings'
import { loadConfig, type Environment } from '@leadlog/service'

/** The settings that handlers decide by, as they are now. @throws ConfigError with every problem */
export async function frozenConfiguration(
  log: Pick<EventLog, 'load'>,
  environment: Environment
): Promise<FrozenConfiguration> {
  const { ownDomains, customerDomains, minDurationMinutes } = loadConfig(meetings.config, environment)
  return {
    ownDomains: ownDomains.map((domain) => domain.toLowerCase()),
    customerDomains: customerDomains.map((domain) => domain.toLowerCase()),
    minDurationMinutes,
    mapping: await mappingInForce(log, configuredMapping(loadConfig(crmSyncConfig, environment)))
  }
}
