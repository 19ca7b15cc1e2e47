import { configuredMapping, crmSyncConfig } from '@leadlog/crm-sync/what-if'
import type { FrozenConfiguration } from '@leadlog/frozen'
import { meetings } from '@leadlog/meetings'
import { loadConfig, type Environment } from '@leadlog/service'

/** The settings that handlers decide by, as the services are configured now. @throws ConfigError with every problem */
export function frozenConfiguration(environment: Environment): FrozenConfiguration {
  const { ownDomains, customerDomains, minDurationMinutes } = loadConfig(meetings.config, environment)
  return {
    ownDomains: ownDomains.map((domain) => domain.toLowerCase()),
    customerDomains: customerDomains.map((domain) => domain.toLowerCase()),
    minDurationMinutes,
    mapping: configuredMapping(loadConfig(crmSyncConfig, environment))
  }
}
