import type { TestSystem } from './test-system.ts'

/** Fields whose value names an extraction's moment or id and may differ between two equal days: none. */
export async function crmSnapshot(system: TestSystem): Promise<unknown> {
  return system.control('GET', 'zoho/snapshot')
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
