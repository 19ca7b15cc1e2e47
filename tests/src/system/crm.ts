import type { CrmLead } from '@leadlog/simulators'
import type { TestSystem } from './test-system.ts'

/**
 * What the CRM holds, in a form that two runs can be compared by: without ids and times of the CRM, and without our own
 * ids, which are keyed by a secret that each system makes for itself.
 */
export async function crmSnapshot(system: TestSystem): Promise<unknown> {
  const own = { zoho: 'Leadlog_Id', hubspot: 'leadlog_id' }
  return system.control('GET', `${system.crm}/snapshot?omit=${own[system.crm]}`)
}

/** Leads with their notes as the simulated CRM holds them. */
export async function crmLeads(system: TestSystem): Promise<CrmLead[]> {
  return ((await system.control('GET', `crm/leads?crm=${system.crm}`)) as { data: CrmLead[] }).data
}

/** Leads in Zoho's own words. */
export async function zohoLeads(system: TestSystem): Promise<Record<string, unknown>[]> {
  return ((await system.control('GET', 'zoho/records?module=Leads')) as { data: Record<string, unknown>[] }).data
}

/** Subject of every task that the CRM holds, and the address of whom it is about. */
export async function crmTasks(system: TestSystem): Promise<{ subject: unknown; about: unknown }[]> {
  const { Tasks = [], tasks = [] } = (await crmSnapshot(system)) as Record<string, Record<string, unknown>[]>
  return [
    ...Tasks.map((task) => ({ subject: task['Subject'], about: task['What_Id'] })),
    ...tasks.map((task) => ({
      subject: task['hs_task_subject'],
      about: String(task['linkedTo']).replace('contacts ', '')
    }))
  ]
}
