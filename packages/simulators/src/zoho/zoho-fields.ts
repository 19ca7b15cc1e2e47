import type { JsonObject } from '../json.ts'

export type ZohoDataType =
  | 'text'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'website'
  | 'picklist'
  | 'datetime'
  | 'date'
  | 'integer'
  | 'double'
  | 'currency'
  | 'boolean'
  | 'lookup'
  | 'ownerlookup'

/** One field of a module, as the organisation has it. */
export interface ZohoField {
  apiName: string
  label: string
  type: ZohoDataType
  length: number
  mandatory: boolean
  readOnly: boolean
  custom: boolean
  unique: boolean
  values: readonly string[]
}

type Traits = Partial<Pick<ZohoField, 'length' | 'mandatory' | 'readOnly' | 'custom' | 'unique' | 'values'>>

const lengths: Record<ZohoDataType, number> = {
  text: 255,
  textarea: 2000,
  email: 100,
  phone: 30,
  website: 450,
  picklist: 120,
  datetime: 120,
  date: 20,
  integer: 9,
  double: 16,
  currency: 16,
  boolean: 5,
  lookup: 120,
  ownerlookup: 120
}

const field = (apiName: string, type: ZohoDataType, traits: Traits = {}): ZohoField => ({
  apiName,
  label: apiName.replaceAll('_', ' '),
  type,
  length: lengths[type],
  mandatory: false,
  readOnly: false,
  custom: false,
  unique: false,
  values: [],
  ...traits
})

const custom = (apiName: string, type: ZohoDataType, traits: Traits = {}): ZohoField =>
  field(apiName, type, { custom: true, ...traits })

/** Zoho's large kind of multi-line field. */
const LONG_TEXT = 32_000

const systemFields = [
  field('Owner', 'ownerlookup'),
  field('Created_By', 'ownerlookup', { readOnly: true }),
  field('Modified_By', 'ownerlookup', { readOnly: true }),
  field('Created_Time', 'datetime', { readOnly: true }),
  field('Modified_Time', 'datetime', { readOnly: true }),
  field('Last_Activity_Time', 'datetime', { readOnly: true })
]

const leadStatuses = [
  '-None-',
  'Attempted to Contact',
  'Contact in Future',
  'Contacted',
  'Junk Lead',
  'Lost Lead',
  'Not Contacted',
  'Pre-Qualified',
  'Not Qualified',
  'Demo Booked',
  'Demo Complete',
  'Demo Canceled',
  'Demo No-show'
]

const leadSources = ['-None-', 'Advertisement', 'Cold Call', 'External Referral', 'Calendly', 'Read.ai', 'Web Research']

const personFields = [
  field('First_Name', 'text', { length: 40 }),
  field('Last_Name', 'text', { length: 80, mandatory: true }),
  field('Full_Name', 'text', { readOnly: true }),
  field('Email', 'email', { unique: true }),
  field('Phone', 'phone'),
  field('Mobile', 'phone'),
  field('Lead_Source', 'picklist', { values: leadSources }),
  field('Description', 'textarea', { length: LONG_TEXT })
]

const leadFields = [
  ...personFields,
  field('Company', 'text', { length: 200 }),
  field('Designation', 'text', { length: 100 }),
  field('Industry', 'picklist', { values: ['-None-', 'Logistics', 'Manufacturing', 'Software', 'Health care'] }),
  field('Lead_Status', 'picklist', { values: leadStatuses }),
  field('Rating', 'picklist', { values: ['-None-', 'Acquired', 'Active', 'Market Failed'] }),
  field('Website', 'website'),
  field('No_of_Employees', 'integer'),
  field('Annual_Revenue', 'currency'),
  field('Street', 'text', { length: 250 }),
  field('City', 'text', { length: 100 }),
  field('State', 'text', { length: 100 }),
  field('Zip_Code', 'text', { length: 30 }),
  field('Country', 'text', { length: 100 }),
  field('Email_Opt_Out', 'boolean'),
  field('Lead_Conversion_Time', 'integer', { readOnly: true }),
  ...systemFields,
  custom('Demo_Date', 'datetime'),
  custom('Demo_Timezone', 'text'),
  custom('Pain_Points', 'textarea'),
  custom('Tools_Currently_Used', 'textarea'),
  custom('Objectives', 'textarea'),
  custom('Use_Case', 'textarea'),
  custom('Team_Size', 'text'),
  custom('Budget', 'text'),
  custom('Authority', 'text'),
  custom('Need', 'textarea'),
  custom('Timing', 'text'),
  custom('Decision_Process', 'textarea'),
  custom('Urgency', 'text'),
  custom('Discovery_Questions', 'textarea', { length: LONG_TEXT }),
  custom('Cheat_Sheet', 'textarea', { length: LONG_TEXT }),
  custom('Objections', 'textarea'),
  custom('Next_Step', 'textarea'),
  custom('Lead_Summary', 'textarea', { length: LONG_TEXT }),
  custom('Lead_Confidence', 'double'),
  custom('MEDDIC_Metrics', 'textarea'),
  custom('MEDDIC_Economic_Buyer', 'textarea'),
  custom('MEDDIC_Decision_Criteria', 'textarea'),
  custom('MEDDIC_Decision_Process', 'textarea'),
  custom('MEDDIC_Identified_Pain', 'textarea'),
  custom('MEDDIC_Champion', 'textarea'),
  custom('MEDDIC_Competition', 'textarea'),
  custom('MEDDIC_Next_Steps', 'textarea'),
  custom('MEDDIC_Risks', 'textarea'),
  custom('MEDDIC_Confidence', 'double'),
  custom('Transcript_Quality', 'text'),
  custom('Meeting_Recording_URL', 'website'),
  custom('Leadlog_Id', 'text', { unique: true, length: 64 })
]

const noteFields = [
  field('Note_Title', 'text', { length: 120 }),
  field('Note_Content', 'textarea', { length: LONG_TEXT }),
  field('Parent_Id', 'lookup', { mandatory: true }),
  ...systemFields
]

/** What the account made for itself so that Leadlog finds its contacts and deals again. */
const ownIds = [
  custom('Leadlog_Id', 'text', { unique: true, length: 64 }),
  custom('Leadlog_Lead_Id', 'text', { length: 64 })
]

const modules: ReadonlyMap<string, readonly ZohoField[]> = new Map([
  ['Leads', leadFields],
  [
    'Contacts',
    [
      ...personFields,
      field('Account_Name', 'lookup'),
      field('Title', 'text', { length: 100 }),
      ...systemFields,
      custom('Company', 'text'),
      ...ownIds
    ]
  ],
  [
    'Deals',
    [
      field('Deal_Name', 'text', { length: 120, mandatory: true }),
      field('Stage', 'picklist', {
        mandatory: true,
        values: ['Qualification', 'Proposal', 'Closed Won', 'Closed Lost']
      }),
      field('Amount', 'currency'),
      field('Closing_Date', 'date'),
      field('Currency', 'picklist', { values: ['EUR', 'USD', 'JPY'] }),
      field('Contact_Name', 'lookup'),
      field('Description', 'textarea', { length: LONG_TEXT }),
      ...systemFields,
      ...ownIds
    ]
  ],
  [
    'Tasks',
    [
      field('Subject', 'text', { mandatory: true }),
      field('Status', 'picklist', { values: ['Not Started', 'In Progress', 'Completed'] }),
      field('Priority', 'picklist', { values: ['High', 'Normal', 'Low'] }),
      field('Due_Date', 'date'),
      field('What_Id', 'lookup'),
      field('Who_Id', 'lookup'),
      field('Description', 'textarea', { length: LONG_TEXT }),
      ...systemFields,
      custom('Leadlog_Id', 'text', { length: 64 }),
      custom('Leadlog_Lead_Id', 'text', { length: 64 })
    ]
  ],
  ['Notes', noteFields]
])

/** The fields of a module, or `undefined` for a module that the organisation has not got. */
export const fieldsOf = (module: string): readonly ZohoField[] | undefined => modules.get(module)

/** The API names of the organisation's modules. */
export const moduleNames = (): string[] => [...modules.keys()]

const jsonTypes: Partial<Record<ZohoDataType, string>> = {
  integer: 'integer',
  double: 'double',
  currency: 'double',
  boolean: 'boolean',
  lookup: 'jsonobject',
  ownerlookup: 'jsonobject'
}

/** A field as `settings/fields` describes it. */
export const describeField = (described: ZohoField, index: number): JsonObject => ({
  id: `4150868000000${String(2000 + index * 2).padStart(6, '0')}`,
  api_name: described.apiName,
  field_label: described.label,
  display_label: described.label,
  data_type: described.type,
  json_type: jsonTypes[described.type] ?? 'string',
  length: described.length,
  system_mandatory: described.mandatory,
  read_only: described.readOnly,
  field_read_only: described.readOnly,
  custom_field: described.custom,
  visible: true,
  unique: described.unique ? { casesensitive: false } : {},
  external: null,
  pick_list_values: described.values.map((value) => ({
    display_value: value,
    actual_value: value,
    reference_value: value,
    type: 'used'
  }))
})
