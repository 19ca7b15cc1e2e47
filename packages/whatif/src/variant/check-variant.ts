import { WhatIfError } from '../errors.ts'
import type { Variant } from './variant.ts'

/** @throws WhatIfError WHATIF_VARIANT_INVALID for one that changes nothing or contradicts itself */
export function checkVariant({ reader, mapping }: Variant): void {
  if (reader === null && mapping === null) {
    throw new WhatIfError(
      'WHATIF_VARIANT_INVALID',
      'Nothing would be different. Name another provider, model, prompt or mapping'
    )
  }
  if (reader?.provider === 'rules' && Object.keys(reader.prompts).length > 0) {
    throw new WhatIfError('WHATIF_VARIANT_INVALID', 'The rules have no prompt. Name a model to read with it')
  }
  if (reader?.provider === 'rules' && reader.model !== null) {
    throw new WhatIfError('WHATIF_VARIANT_INVALID', 'The rules have no model: they are those of this release')
  }
}
