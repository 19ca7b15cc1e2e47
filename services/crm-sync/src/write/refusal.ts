/** Why the CRM, or a check against its own lists, does not take what was to be written. */
export interface Refusal {
  readonly code: string
  readonly field: string | null
  readonly message: string
}
