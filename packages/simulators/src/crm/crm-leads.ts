import { asText } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { HubspotStore } from '../hubspot/hubspot-store.ts'
import { notesOf } from '../zoho/zoho-notes.ts'
import type { ZohoStore } from '../zoho/zoho-store.ts'
import type { CrmLead, CrmName } from './crm-lead.ts'

export interface CrmStores {
  zoho: ZohoStore
  hubspot: HubspotStore
}

type Names = Record<Exclude<keyof CrmLead, 'crm' | 'id' | 'notes'>, string>

const zohoNames: Names = {
  email: 'Email',
  firstName: 'First_Name',
  lastName: 'Last_Name',
  company: 'Company',
  status: 'Lead_Status',
  demoDate: 'Demo_Date',
  teamSize: 'Team_Size',
  budget: 'Budget',
  painPoints: 'Pain_Points',
  need: 'Need',
  useCase: 'Use_Case'
}

const hubspotNames: Names = {
  email: 'email',
  firstName: 'firstname',
  lastName: 'lastname',
  company: 'company',
  status: 'hs_lead_status',
  demoDate: 'demo_date',
  teamSize: 'team_size',
  budget: 'budget',
  painPoints: 'pain_points',
  need: 'need',
  useCase: 'use_case'
}

const textsOf = (names: Names, values: JsonObject): Omit<CrmLead, 'crm' | 'id' | 'notes'> => {
  const text = (name: keyof Names): string | null => asText(values[names[name]]) ?? null
  return {
    email: text('email'),
    firstName: text('firstName'),
    lastName: text('lastName'),
    company: text('company'),
    status: text('status'),
    demoDate: text('demoDate'),
    teamSize: text('teamSize'),
    budget: text('budget'),
    painPoints: text('painPoints'),
    need: text('need'),
    useCase: text('useCase')
  }
}

const zohoLeads = (store: ZohoStore): CrmLead[] =>
  store.list('Leads').map((record): CrmLead => ({
    crm: 'zoho',
    id: record.id,
    ...textsOf(zohoNames, record),
    notes: notesOf(store, record.id).map((note) => asText(note.Note_Content) ?? '')
  }))

const hubspotLeads = (store: HubspotStore): CrmLead[] =>
  store.list('contacts').map(({ id, properties }): CrmLead => ({
    crm: 'hubspot',
    id,
    ...textsOf(hubspotNames, properties),
    notes: store
      .associationsOf('contacts', id, 'notes')
      .map(({ toId }) => store.get('notes', toId)?.properties.hs_note_body ?? '')
  }))

/** The leads of one CRM: Zoho's leads, HubSpot's contacts. */
export const crmLeads = ({ zoho, hubspot }: CrmStores, crm: CrmName): CrmLead[] =>
  crm === 'zoho' ? zohoLeads(zoho) : hubspotLeads(hubspot)
