import type { Static } from '@sinclair/typebox'
import type {
  CrmProvider as CrmProviderName,
  Lane,
  ObjectKind,
  PermanentError,
  TransientError
} from '@leadlog/contracts'

/** CRM API name to value, ready to be sent. Null clears a field. */
export type CrmValues = Readonly<Record<string, string | number | null>>

/**
 * What a field takes, in words that do not depend on the CRM. A `strict-choice` refuses what its list lacks, a `choice`
 * keeps it.
 */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'choice'
  | 'strict-choice'
  | 'date'
  | 'date-time'
  | 'number'
  | 'email'
  | 'phone'
  | 'url'
  | 'user'
  | 'other'

/** A field of the CRM as its metadata tells it. */
export interface CrmField {
  readonly apiName: string
  /** The CRM's own name of the type, for example `textarea`. */
  readonly dataType: string
  readonly kind: FieldKind
  /** Longest text in characters; null where the CRM gives none. */
  readonly maxLength: number | null
  readonly readOnly: boolean
  readonly compulsory: boolean
  /** Whether no two records may share a value; null where the metadata does not settle it. */
  readonly unique: boolean | null
  /** The values of a pick list; empty for other fields. */
  readonly choices: readonly string[]
}

/** One record to be made or changed. */
export interface RecordToWrite {
  /** Known where the record was written before; then it is changed by its id, whatever its e-mail is now. */
  readonly crmId: string | null
  readonly values: CrmValues
}

/** Where the objects of a kind stand in the CRM, and by which of their fields they are told apart. */
export interface ObjectTarget {
  readonly kind: ObjectKind
  /** API name of the module. */
  readonly module: string
  /** API name of the field with Leadlog's own key, whose values are unique. */
  readonly keyField: string
  /** API name of the field by which an object that is there already is found too; null where there is none. */
  readonly emailField: string | null
  /** API name of the field with the user whose object it is; null where it is not written. */
  readonly ownerField: string | null
}

/** New objects that may have been made already. */
export interface ObjectsToFind {
  readonly keys: readonly string[]
  /** The first call that can have made them was not before. */
  readonly since: Date
  /** True where it was long enough ago for the CRM's index to show them, and may have been before `since`. */
  readonly longAgo: boolean
}

/**
 * Looks for new objects by their keys: CRM ids by key. It goes by what the CRM holds, not by an index that lags, unless
 * it was long ago. @throws TransientError, PermanentError
 */
export type FindObjects = (
  target: ObjectTarget,
  wanted: ObjectsToFind,
  options: CallOptions
) => Promise<ReadonlyMap<string, string>>

/** CRM ids of the records that an object hangs on, by what they are. */
export type LinkedTo = Readonly<Partial<Record<'contact' | 'deal' | 'lead', string>>>

/** One contact, deal or task to be made or changed. */
export interface ObjectToWrite extends RecordToWrite {
  /** Stands among the values too. */
  readonly key: string
  readonly linkedTo: LinkedTo
  /** Links of the last write, where there was one: those that `linkedTo` lacks are taken away. */
  readonly formerly: LinkedTo
}

/** What is looked for: all conditions together. */
export interface RecordSearch {
  readonly conditions: readonly { readonly apiName: string; readonly how: 'is' | 'begins'; readonly value: string }[]
  /** API names of what is to be told of each record. */
  readonly fields: readonly string[]
  /** At most so many are told, and no more than 200. */
  readonly limit: number
}

export interface FoundRecord {
  readonly crmId: string
  readonly values: CrmValues
}

/** How a call went, for the record. */
export interface CallFigures {
  /** Null where no answer came. */
  readonly httpStatus: number | null
  /** Time spent waiting for the vendor's budget. */
  readonly waitedMs: number
  readonly latencyMs: number
}

/** What went wrong with one record or note. */
export type CallFailure =
  /** For good: the same values will be refused again. */
  | { readonly kind: 'refused'; readonly code: string; readonly field: string | null; readonly message: string }
  /** Certainly not done. */
  | { readonly kind: 'failed'; readonly error: TransientError | PermanentError }
  /**
   * It cannot be told whether it was done: a time-out, a lost connection, an unreadable answer. `vendorAway`: the CRM
   * fails for all, so it says nothing about what was to be written.
   */
  | { readonly kind: 'unknown'; readonly reason: string; readonly vendorAway?: true }

export type RecordOutcome =
  { readonly kind: 'written'; readonly crmId: string; readonly action: 'insert' | 'update' } | CallFailure

export type NoteOutcome = { readonly kind: 'written'; readonly crmNoteId: string } | CallFailure

export interface RecordAnswer extends CallFigures {
  readonly outcome: RecordOutcome
  /** Records that shared the call. */
  readonly batchSize: number
}

export interface NoteAnswer extends CallFigures {
  readonly outcome: NoteOutcome
}

export interface DeleteAnswer extends CallFigures {
  readonly outcome: { readonly kind: 'deleted' } | { readonly kind: 'was-gone' } | CallFailure
}

export interface NoteToWrite {
  readonly crmId: string
  readonly title: string
  readonly content: string
}

export interface CallOptions {
  readonly lane: Lane
  readonly signal?: AbortSignal | undefined
}

/** The CRMs that Leadlog knows. */
export type CrmName = Static<typeof CrmProviderName>

/** What Leadlog needs of a CRM. */
export interface CrmProvider {
  readonly name: CrmName
  /** How many records one call may carry. */
  readonly maxRecordsPerCall: number
  /** How long a note may be, in characters. */
  readonly maxNoteLength: number
  /**
   * One answer per record, in the order given; does not throw for what happens outside. Repeating a write changes
   * nothing: a record is found by its id or its e-mail address.
   */
  upsertRecords(module: string, records: readonly RecordToWrite[], options: CallOptions): Promise<RecordAnswer[]>
  /**
   * Makes objects or changes them, one answer each, in the order given; does not throw for what happens outside.
   * Repeating a write changes nothing: an object is found by its id, its key, or, a contact, by its e-mail address. Not
   * so new objects of a kind that {@link finderOf} is there for: they are made again.
   */
  writeObjects(target: ObjectTarget, objects: readonly ObjectToWrite[], options: CallOptions): Promise<RecordAnswer[]>
  /**
   * How new objects of the kind are found after a call whose outcome is not known; null where the CRM finds them itself
   * by their keys.
   */
  finderOf(kind: ObjectKind): FindObjects | null
  /**
   * Searches the CRM's index, which shows a write only after a while: it tells people what there is and must never decide
   * whether something is made. @throws TransientError, PermanentError
   */
  searchRecords(
    module: string,
    search: RecordSearch,
    options: CallOptions
  ): Promise<{ readonly records: readonly FoundRecord[]; readonly more: boolean }>
  /** What a note puts into the CRM's fields. */
  noteValues(note: Pick<NoteToWrite, 'title' | 'content'>): CrmValues
  /**
   * Deletes a record with its notes; a record that is not there counts as deleted. Does not throw for what happens
   * outside. Repeating it changes nothing. Where the CRM has a recycle bin, it is in there for as long as the CRM keeps it.
   */
  deleteRecord(module: string, crmId: string, options: CallOptions): Promise<DeleteAnswer>
  /** Does not throw for what happens outside. Repeating it makes a second note: see {@link findNote}. */
  createNote(module: string, note: NoteToWrite, options: CallOptions): Promise<NoteAnswer>
  /**
   * The id of the record's note whose content holds the reference, read from the record itself, not from a search.
   *
   * @throws TransientError, PermanentError
   */
  findNote(module: string, crmId: string, reference: string, options: CallOptions): Promise<string | null>
  /**
   * The module's fields; cached. `maxAgeMs`: they were read no longer ago than this, whatever that takes.
   *
   * @throws TransientError, PermanentError
   */
  fieldMetadata(module: string, options: CallOptions & { readonly maxAgeMs?: number }): Promise<readonly CrmField[]>
}
