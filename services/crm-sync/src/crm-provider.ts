import type { Lane } from '@leadlog/contracts'

/** CRM API name to value, ready to be sent. Null clears a field. */
export type CrmValues = Readonly<Record<string, string | number | null>>

/** A field of the CRM as its metadata tells it. */
export interface CrmField {
  readonly apiName: string
  /** The CRM's own name of the type, for example `textarea`. */
  readonly dataType: string
  /** Longest text in characters; null where the CRM gives none. */
  readonly maxLength: number | null
  readonly readOnly: boolean
  readonly compulsory: boolean
  /** The values of a pick list; empty for other fields. */
  readonly choices: readonly string[]
}

/** One record to be made or changed. */
export interface RecordToWrite {
  /** Known where the record was written before; then it is changed by its id, whatever its e-mail is now. */
  readonly crmId: string | null
  readonly values: CrmValues
}

/** How a call went, for the record. */
export interface CallFigures {
  readonly httpStatus: number | null
  /** Time spent waiting for the vendor's budget. */
  readonly waitedMs: number
  readonly latencyMs: number
}

/** What the CRM says to one record. */
export type RecordOutcome =
  | { readonly kind: 'written'; readonly crmId: string; readonly action: 'insert' | 'update' }
  /** For good: the same values will be refused again. */
  | { readonly kind: 'refused'; readonly code: string; readonly field: string | null; readonly message: string }
  /** Certainly not done, and may work later. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

export interface RecordAnswer extends CallFigures {
  readonly outcome: RecordOutcome
  readonly batchSize: number
}

export type NoteOutcome =
  | { readonly kind: 'written'; readonly crmNoteId: string }
  | { readonly kind: 'refused'; readonly code: string; readonly field: string | null; readonly message: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

export interface NoteAnswer extends CallFigures {
  readonly outcome: NoteOutcome
}

export interface CallOptions {
  readonly lane: Lane
  readonly signal?: AbortSignal | undefined
}

/**
 * What Leadlog needs of a CRM. Every call throws TransientError, PermanentError, or {@link OutcomeUnknownError} where it
 * cannot be told whether the call was done.
 */
export interface CrmProvider {
  readonly name: 'zoho' | 'hubspot'
  /** How many records one call may carry. */
  readonly maxRecordsPerCall: number
  /** How long a note may be, in characters. */
  readonly maxNoteLength: number
  /** One answer per record, in the order given. Repeating a call changes nothing: a record is found by id or e-mail. */
  upsertRecords(module: string, records: readonly RecordToWrite[], options: CallOptions): Promise<RecordAnswer[]>
  createNote(
    module: string,
    note: { readonly crmId: string; readonly title: string; readonly content: string },
    options: CallOptions
  ): Promise<NoteAnswer>
  /** The id of the record's note whose content holds the reference, read from the record itself, not from a search. */
  findNote(module: string, crmId: string, reference: string, options: CallOptions): Promise<string | null>
  /** The module's fields; cached. */
  fieldMetadata(module: string, options: CallOptions): Promise<readonly CrmField[]>
}

/** A call ended without an answer that tells whether it was done: a time-out, a lost connection, an unreadable answer. */
export class OutcomeUnknownError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'OutcomeUnknownError'
    this.code = code
  }
}
