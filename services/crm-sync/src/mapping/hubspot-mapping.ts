import type { DomainField } from './domain-field.ts'
import type { MappedField, MappingDocument, ValueFormat } from './mapping-document.ts'

/** HubSpot's properties take up to 65,536 characters; these are lengths that a person still reads in a form. */
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

/**
 * Contacts of HubSpot: its own properties, and custom ones by the names that the set-up guide gives them. The life
 * cycle stage is left to HubSpot, which lets nobody go back in it; the lead status says how a demo went.
 */
export const hubspotMapping: MappingDocument = {
  provider: 'hubspot',
  module: 'contacts',
  fields: [
    mapped('leadId', 'leadlog_id', 'id', 64),
    mapped('email', 'email', 'email', 100),
    mapped('firstName', 'firstname', 'text', 40),
    mapped('lastName', 'lastname', 'text', 80),
    mapped('phone', 'phone', 'phone', PHONE),
    mapped('company', 'company', 'text', 200),
    mapped('title', 'jobtitle', 'text', 100),
    mapped('industry', 'industry', 'text', 120),
    mapped('city', 'city', 'text', 100),
    mapped('country', 'country', 'text', 100),
    mapped('website', 'website', 'url', WEBSITE),
    mapped('status', 'hs_lead_status', 'choice', 120),
    mapped('source', 'lead_source', 'choice', 120),
    mapped('demoDate', 'demo_date', 'instant', 120),
    mapped('demoTimezone', 'demo_timezone', 'text', LINE),
    mapped('painPoints', 'pain_points', 'lines', SMALL_TEXT_AREA),
    mapped('toolsCurrentlyUsed', 'tools_currently_used', 'lines', SMALL_TEXT_AREA),
    mapped('objectives', 'objectives', 'lines', SMALL_TEXT_AREA),
    mapped('useCase', 'use_case', 'prose', SMALL_TEXT_AREA),
    mapped('teamSize', 'team_size', 'text', LINE),
    mapped('budget', 'budget', 'text', LINE),
    mapped('authority', 'authority', 'text', LINE),
    mapped('need', 'need', 'prose', SMALL_TEXT_AREA),
    mapped('timing', 'timing', 'text', LINE),
    mapped('decisionProcess', 'decision_process', 'prose', SMALL_TEXT_AREA),
    mapped('urgency', 'urgency', 'text', LINE),
    mapped('discoveryQuestions', 'discovery_questions', 'lines', LARGE_TEXT_AREA),
    mapped('cheatSheet', 'cheat_sheet', 'prose', LARGE_TEXT_AREA),
    mapped('objections', 'objections', 'lines', SMALL_TEXT_AREA),
    mapped('nextStep', 'next_step', 'prose', SMALL_TEXT_AREA),
    mapped('summary', 'lead_summary', 'prose', LARGE_TEXT_AREA),
    mapped('confidence', 'lead_confidence', 'number', 16),
    mapped('meddicMetrics', 'meddic_metrics', 'prose', SMALL_TEXT_AREA),
    mapped('meddicEconomicBuyer', 'meddic_economic_buyer', 'prose', SMALL_TEXT_AREA),
    mapped('meddicDecisionCriteria', 'meddic_decision_criteria', 'prose', SMALL_TEXT_AREA),
    mapped('meddicDecisionProcess', 'meddic_decision_process', 'prose', SMALL_TEXT_AREA),
    mapped('meddicIdentifiedPain', 'meddic_identified_pain', 'prose', SMALL_TEXT_AREA),
    mapped('meddicChampion', 'meddic_champion', 'prose', SMALL_TEXT_AREA),
    mapped('meddicCompetition', 'meddic_competition', 'prose', SMALL_TEXT_AREA),
    mapped('meddicNextSteps', 'meddic_next_steps', 'prose', SMALL_TEXT_AREA),
    mapped('meddicRisks', 'meddic_risks', 'prose', SMALL_TEXT_AREA),
    mapped('meddicConfidence', 'meddic_confidence', 'number', 16),
    mapped('transcriptQuality', 'transcript_quality', 'text', LINE),
    mapped('recordingUrl', 'meeting_recording_url', 'url', WEBSITE)
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
