/**
 * `WHATIF_VARIANT_INVALID` what is to be tried makes no sense; `WHATIF_SELECTION_EMPTY` nothing was read in the range;
 * `WHATIF_TOO_EXPENSIVE` the estimate is above the limit given; `WHATIF_RUN_UNKNOWN` there is no such run;
 * `WHATIF_NOT_APPLICABLE` what was found can not be put into force from here; `WHATIF_NOT_CONFIGURED` the reader's key is not set.
 */
export type WhatIfErrorCode =
  | 'WHATIF_VARIANT_INVALID'
  | 'WHATIF_SELECTION_EMPTY'
  | 'WHATIF_TOO_EXPENSIVE'
  | 'WHATIF_RUN_UNKNOWN'
  | 'WHATIF_NOT_APPLICABLE'
  | 'WHATIF_NOT_CONFIGURED'

/** A what-if that can not be done as it was asked for; the message says what to do. */
export class WhatIfError extends Error {
  readonly code: WhatIfErrorCode

  constructor(code: WhatIfErrorCode, message: string) {
    super(message)
    this.name = 'WhatIfError'
    this.code = code
  }
}
