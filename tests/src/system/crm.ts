import type { TestSystem } from './test-system.ts'

/**
 * What the CRM holds, in a form that two runs can be compared by: without ids and times of the CRM, and without our own
 * ids, which are keyed by a secret that each system makes for itself.
 */
export async function crmSnapshot(system: TestSystem): Promise<unknown> {
  return system.control('GET', 'zoho/snapshot?omit=Leadlog_Id')
}

/** Records and notes as the simulated CRM holds them. */
export async function crmContents(
  system: TestSystem
): Promise<{ leads: Record<string, unknown>[]; notes: Record<string, unknown>[] }> {
  const [leads, notes] = await Promise.all([
    system.control('GET', 'zoho/records?module=Leads'),
    system.control('GET', 'zoho/notes')
  ])
  return { leads: dataOf(leads), notes: dataOf(notes) }
}

function dataOf(answer: unknown): Record<string, unknown>[] {
  return (answer as { data: Record<string, unknown>[] }).data
}
