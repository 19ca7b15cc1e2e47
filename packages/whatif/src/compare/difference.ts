/** A field of a CRM record that would be different. */
export interface Difference {
  /** API name in the CRM. */
  readonly field: string
  /** Leadlog's own name of the field; null where the mappings disagree about it. */
  readonly domainField: string | null
  readonly kind: 'added' | 'changed' | 'removed'
  readonly is: Side
  readonly wouldBe: Side
}

/** One side of a difference. */
export interface Side {
  readonly value: string | number | null
  /** The words that support the value, where it was read. */
  readonly evidence: string | null
  /** Who read it: provider, model and prompt version. */
  readonly readBy: string | null
}
