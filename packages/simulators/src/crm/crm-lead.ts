/** The simulated CRMs. */
export const crmNames = ['zoho', 'hubspot'] as const

export type CrmName = (typeof crmNames)[number]

/** A lead as a CRM holds it, in words that do not depend on the CRM. Texts are null where the CRM holds nothing. */
export interface CrmLead {
  crm: CrmName
  id: string
  email: string | null
  firstName: string | null
  lastName: string | null
  company: string | null
  status: string | null
  /** ISO 8601. */
  demoDate: string | null
  teamSize: string | null
  budget: string | null
  painPoints: string | null
  need: string | null
  useCase: string | null
  /** The notes' texts, oldest first. */
  notes: string[]
}
