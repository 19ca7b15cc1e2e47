import type { DomainField } from './domain-field.ts'
import type { MappedField, MappingDocument, ValueFormat } from './mapping-document.ts'

/** Lengths of Zoho's kinds of fields, so that a dry run without an account cuts texts as a real one. */
const LINE = 255
const SMALL_TEXT_AREA = 2000
const LARGE_TEXT_AREA = 32_000
const PHONE = 30
const WEBSITE = 450

const mapped = (field: DomainField, apiName: string, format: ValueFormat, maxLength: number): MappedField => ({
  field,
  apiName,
  format,
  maxLength
})

/** Leads of Zoho CRM: its standard fields, and custom fields by the names that the set-up guide gives them. */
export const zohoMapping: MappingDocument = {
  provider: 'zoho',
  module: 'Leads',
  fields: [
    mapped('leadId', 'Leadlog_Id', 'id', 64),
    mapped('email', 'Email', 'email', 100),
    mapped('firstName', 'First_Name', 'text', 40),
    mapped('lastName', 'Last_Name', 'text', 80),
    mapped('phone', 'Phone', 'phone', PHONE),
    mapped('company', 'Company', 'text', 200),
    mapped('title', 'Designation', 'text', 100),
    mapped('industry', 'Industry', 'text', 120),
    mapped('city', 'City', 'text', 100),
    mapped('country', 'Country', 'text', 100),
    mapped('website', 'Website', 'url', WEBSITE),
    mapped('status', 'Lead_Status', 'choice', 120),
    mapped('source', 'Lead_Source', 'choice', 120),
    mapped('demoDate', 'Demo_Date', 'datetime', 120),
    mapped('demoTimezone', 'Demo_Timezone', 'text', LINE),
    mapped('painPoints', 'Pain_Points', 'lines', SMALL_TEXT_AREA),
    mapped('toolsCurrentlyUsed', 'Tools_Currently_Used', 'lines', SMALL_TEXT_AREA),
    mapped('objectives', 'Objectives', 'lines', SMALL_TEXT_AREA),
    mapped('useCase', 'Use_Case', 'prose', SMALL_TEXT_AREA),
    mapped('teamSize', 'Team_Size', 'text', LINE),
    mapped('budget', 'Budget', 'text', LINE),
    mapped('authority', 'Authority', 'text', LINE),
    mapped('need', 'Need', 'prose', SMALL_TEXT_AREA),
    mapped('timing', 'Timing', 'text', LINE),
    mapped('decisionProcess', 'Decision_Process', 'prose', SMALL_TEXT_AREA),
    mapped('urgency', 'Urgency', 'text', LINE),
    mapped('discoveryQuestions', 'Discovery_Questions', 'lines', LARGE_TEXT_AREA),
    mapped('cheatSheet', 'Cheat_Sheet', 'prose', LARGE_TEXT_AREA),
    mapped('objections', 'Objections', 'lines', SMALL_TEXT_AREA),
    mapped('nextStep', 'Next_Step', 'prose', SMALL_TEXT_AREA),
    mapped('summary', 'Lead_Summary', 'prose', LARGE_TEXT_AREA),
    mapped('confidence', 'Lead_Confidence', 'number', 16),
    mapped('meddicMetrics', 'MEDDIC_Metrics', 'prose', SMALL_TEXT_AREA),
    mapped('meddicEconomicBuyer', 'MEDDIC_Economic_Buyer', 'prose', SMALL_TEXT_AREA),
    mapped('meddicDecisionCriteria', 'MEDDIC_Decision_Criteria', 'prose', SMALL_TEXT_AREA),
    mapped('meddicDecisionProcess', 'MEDDIC_Decision_Process', 'prose', SMALL_TEXT_AREA),
    mapped('meddicIdentifiedPain', 'MEDDIC_Identified_Pain', 'prose', SMALL_TEXT_AREA),
    mapped('meddicChampion', 'MEDDIC_Champion', 'prose', SMALL_TEXT_AREA),
    mapped('meddicCompetition', 'MEDDIC_Competition', 'prose', SMALL_TEXT_AREA),
    mapped('meddicNextSteps', 'MEDDIC_Next_Steps', 'prose', SMALL_TEXT_AREA),
    mapped('meddicRisks', 'MEDDIC_Risks', 'prose', SMALL_TEXT_AREA),
    mapped('meddicConfidence', 'MEDDIC_Confidence', 'number', 16),
    mapped('transcriptQuality', 'Transcript_Quality', 'text', LINE),
    mapped('recordingUrl', 'Meeting_Recording_URL', 'url', WEBSITE)
  ],
  statuses: {
    new: null,
    'demo-booked': 'Demo Booked',
    'demo-complete': 'Demo Complete',
    'demo-canceled': 'Demo Canceled',
    'demo-no-show': 'Demo No-show'
  },
  sources: { calendly: 'Calendly', readai: 'Read.ai' }
}
