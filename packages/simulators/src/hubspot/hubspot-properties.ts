import type { JsonObject } from '../json.ts'

export type HubspotType = 'string' | 'number' | 'bool' | 'date' | 'datetime' | 'enumeration'

/** One property of an object type, as the account has it. */
export interface HubspotProperty {
  name: string
  label: string
  type: HubspotType
  /** The kind of form field, for example `textarea`. */
  fieldType: string
  readOnly: boolean
  /** Values that no two objects may share. */
  unique: boolean
  /** Part of HubSpot itself, not made by the account. */
  hubspotDefined: boolean
  options: readonly string[]
  /** Its options are the owners of the account, which the metadata does not list. */
  ofOwners: boolean
}

type Traits = Partial<Omit<HubspotProperty, 'name' | 'type'>>

const fieldTypes: Record<HubspotType, string> = {
  string: 'text',
  number: 'number',
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  enumeration: 'select'
}

const property = (name: string, type: HubspotType = 'string', traits: Traits = {}): HubspotProperty => ({
  name,
  label: name.replaceAll('_', ' '),
  type,
  fieldType: fieldTypes[type],
  readOnly: false,
  unique: false,
  hubspotDefined: true,
  options: [],
  ofOwners: false,
  ...traits
})

/** Ids of the account's owners. */
export const hubspotOwners = ['70001', '70002']

const long: Traits = { fieldType: 'textarea' }

/** A property that the account made for itself. */
const custom = (name: string, type: HubspotType = 'string', traits: Traits = {}): HubspotProperty =>
  property(name, type, { hubspotDefined: false, ...traits })

const systemProperties = [
  property('hs_object_id', 'number', { readOnly: true }),
  property('createdate', 'datetime', { readOnly: true }),
  property('hs_lastmodifieddate', 'datetime', { readOnly: true }),
  property('hubspot_owner_id', 'enumeration', { ofOwners: true })
]

/** In the order of a customer's life; HubSpot lets nobody go back in it. */
export const lifecycleStages = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other'
]

/** HubSpot's own lead statuses, and those that the account added for demos. */
const leadStatuses = [
  'NEW',
  'OPEN',
  'IN_PROGRESS',
  'OPEN_DEAL',
  'UNQUALIFIED',
  'ATTEMPTED_TO_CONTACT',
  'CONNECTED',
  'BAD_TIMING',
  'Demo Booked',
  'Demo Complete',
  'Demo Canceled',
  'Demo No-show'
]

const contactProperties = [
  ...systemProperties,
  property('lastmodifieddate', 'datetime', { readOnly: true }),
  property('email', 'string', { unique: true }),
  property('hs_additional_emails', 'string', { readOnly: true }),
  property('firstname'),
  property('lastname'),
  property('phone', 'string', { fieldType: 'phonenumber' }),
  property('mobilephone', 'string', { fieldType: 'phonenumber' }),
  property('company'),
  property('jobtitle'),
  property('industry'),
  property('city'),
  property('state'),
  property('country'),
  property('zip'),
  property('website'),
  property('lifecyclestage', 'enumeration', { fieldType: 'radio', options: lifecycleStages }),
  property('hs_lead_status', 'enumeration', { fieldType: 'radio', options: leadStatuses }),
  custom('leadlog_id', 'string', { unique: true }),
  custom('leadlog_contact_id', 'string', { unique: true }),
  custom('lead_source', 'enumeration', { options: ['Calendly', 'Read.ai', 'Web research'] }),
  custom('demo_date', 'datetime'),
  custom('demo_timezone'),
  custom('pain_points', 'string', long),
  custom('tools_currently_used', 'string', long),
  custom('objectives', 'string', long),
  custom('use_case', 'string', long),
  custom('team_size'),
  custom('budget'),
  custom('authority'),
  custom('need', 'string', long),
  custom('timing'),
  custom('decision_process', 'string', long),
  custom('urgency'),
  custom('discovery_questions', 'string', long),
  custom('cheat_sheet', 'string', long),
  custom('objections', 'string', long),
  custom('next_step', 'string', long),
  custom('lead_summary', 'string', long),
  custom('lead_confidence', 'number'),
  custom('meddic_metrics', 'string', long),
  custom('meddic_economic_buyer', 'string', long),
  custom('meddic_decision_criteria', 'string', long),
  custom('meddic_decision_process', 'string', long),
  custom('meddic_identified_pain', 'string', long),
  custom('meddic_champion', 'string', long),
  custom('meddic_competition', 'string', long),
  custom('meddic_next_steps', 'string', long),
  custom('meddic_risks', 'string', long),
  custom('meddic_confidence', 'number'),
  custom('transcript_quality'),
  custom('meeting_recording_url')
]

const objectTypes: ReadonlyMap<string, readonly HubspotProperty[]> = new Map([
  ['contacts', contactProperties],
  [
    'deals',
    [
      ...systemProperties,
      property('dealname'),
      property('pipeline', 'enumeration', { options: ['default'] }),
      property('dealstage', 'enumeration', {
        fieldType: 'radio',
        options: [
          'appointmentscheduled',
          'qualifiedtobuy',
          'presentationscheduled',
          'contractsent',
          'closedwon',
          'closedlost'
        ]
      }),
      property('amount', 'number'),
      property('closedate', 'datetime'),
      property('deal_currency_code', 'enumeration', { options: ['EUR', 'USD', 'JPY'] }),
      property('description', 'string', long),
      custom('leadlog_id', 'string', { unique: true }),
      custom('leadlog_lead_id')
    ]
  ],
  [
    'tasks',
    [
      ...systemProperties,
      property('hs_timestamp', 'datetime'),
      property('hs_task_subject'),
      property('hs_task_body', 'string', { fieldType: 'html' }),
      property('hs_task_status', 'enumeration', {
        options: ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED']
      }),
      property('hs_task_type', 'enumeration', { options: ['TODO', 'CALL', 'EMAIL'] }),
      property('hs_task_priority', 'enumeration', { options: ['NONE', 'LOW', 'MEDIUM', 'HIGH'] }),
      custom('leadlog_id', 'string', { unique: true }),
      custom('leadlog_lead_id')
    ]
  ],
  [
    'notes',
    [
      ...systemProperties,
      property('hs_timestamp', 'datetime'),
      property('hs_note_body', 'string', { fieldType: 'html' })
    ]
  ]
])

/** The singular is taken for the plural, as in `contact`. */
const plural = (objectType: string): string => (objectType.endsWith('s') ? objectType : `${objectType}s`)

/** The object type by the name that the account stores it under; `undefined` for one that it has not got. */
export const objectTypeOf = (name: string): string | undefined =>
  objectTypes.has(plural(name)) ? plural(name) : undefined

export const objectTypeNames = (): string[] => [...objectTypes.keys()]

export const propertiesOf = (objectType: string): readonly HubspotProperty[] => objectTypes.get(objectType) ?? []

export const propertyOf = (objectType: string, name: string): HubspotProperty | undefined =>
  propertiesOf(objectType).find((known) => known.name === name)

/** What an object cannot be made without. */
const compulsory: Readonly<Record<string, readonly string[]>> = {
  deals: ['dealname', 'dealstage'],
  tasks: ['hs_timestamp'],
  notes: ['hs_timestamp']
}

export const compulsoryOf = (objectType: string): readonly string[] => compulsory[objectType] ?? []

/** What an answer shows where no properties are asked for. */
export const shownByDefault = (objectType: string): string[] =>
  objectType === 'contacts'
    ? ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname']
    : ['createdate', 'hs_lastmodifieddate', 'hs_object_id', ...compulsoryOf(objectType)]

/** A property as the properties API describes it. */
export const describeProperty = (described: HubspotProperty, index: number): JsonObject => ({
  name: described.name,
  label: described.label,
  type: described.type,
  fieldType: described.fieldType,
  description: '',
  groupName: 'contactinformation',
  options: described.options.map((value, place) => ({
    label: value,
    value,
    displayOrder: place,
    hidden: false
  })),
  displayOrder: index,
  calculated: false,
  externalOptions: described.ofOwners,
  ...(described.ofOwners ? { referencedObjectType: 'OWNER' } : {}),
  hasUniqueValue: described.unique,
  hidden: false,
  hubspotDefined: described.hubspotDefined,
  modificationMetadata: {
    archivable: !described.hubspotDefined,
    readOnlyDefinition: described.hubspotDefined,
    readOnlyValue: described.readOnly
  },
  formField: !described.readOnly
})
