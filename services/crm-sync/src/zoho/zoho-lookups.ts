import type { LinkedTo, ObjectTarget, ObjectToWrite } from '../crm-provider.ts'
import type { JsonObject } from '../vendor-json.ts'

const DEALS = 'Deals'

/** What of an object is a reference to another record, in Zoho's form. Naming another record takes the first away. */
export function zohoLookups(
  { kind, ownerField }: Pick<ObjectTarget, 'kind' | 'ownerField'>,
  { linkedTo, formerly, values }: Pick<ObjectToWrite, 'linkedTo' | 'formerly' | 'values'>,
  leadModule: string
): JsonObject {
  const contact = referenceTo(linkedTo.contact, formerly.contact)
  const owner = ownerField === null ? undefined : values[ownerField]
  return {
    ...(typeof owner === 'string' && ownerField !== null ? { [ownerField]: { id: owner } } : {}),
    ...(kind === 'deal' && contact !== undefined ? { Contact_Name: contact } : {}),
    ...(kind === 'task' && contact !== undefined ? { Who_Id: contact } : {}),
    ...(kind === 'task' ? aboutOf(linkedTo, formerly, leadModule) : {})
  }
}

/** A task is about a deal, or about a lead; Zoho keeps both in one place, with the module beside it. */
function aboutOf(linkedTo: LinkedTo, formerly: LinkedTo, leadModule: string): JsonObject {
  const about = placeOf(linkedTo, leadModule)
  if (about !== null) return { What_Id: { id: about.id }, $se_module: about.module }
  return placeOf(formerly, leadModule) === null ? {} : { What_Id: null }
}

/** A person of Zoho is a contact or a lead: with a contact, or with a deal, the task is not the lead's any more. */
function placeOf({ contact, deal, lead }: LinkedTo, leadModule: string): { id: string; module: string } | null {
  if (deal !== undefined) return { id: deal, module: DEALS }
  return lead === undefined || contact !== undefined ? null : { id: lead, module: leadModule }
}

function referenceTo(now: string | undefined, before: string | undefined): { id: string } | null | undefined {
  if (now !== undefined) return { id: now }
  return before === undefined ? undefined : null
}
