import type { CrmName } from '../crm-provider.ts'

/** How long a note may be in each CRM, in characters. HubSpot's is half of what it keeps of a note's markup: room for it. */
export const longestNote: Readonly<Record<CrmName, number>> = { zoho: 32_000, hubspot: 32_000 }
