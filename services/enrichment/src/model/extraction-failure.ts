import { PermanentError, type ModelCall } from '@leadlog/contracts'

export type ExtractionFailureCode = 'ENRICHMENT_ANSWER_INVALID' | 'ENRICHMENT_MODEL_REFUSED'

/** The model's answer can not be used and asking again would not help. Carries what the rejection records. */
export class ExtractionFailure extends PermanentError {
  /** What is wrong, without any of the answer's values. */
  readonly issues: readonly string[]
  /** What the useless answers cost. */
  readonly call: ModelCall

  constructor(code: ExtractionFailureCode, message: string, details: { issues: readonly string[]; call: ModelCall }) {
    super(code, message)
    this.issues = details.issues
    this.call = details.call
  }
}
