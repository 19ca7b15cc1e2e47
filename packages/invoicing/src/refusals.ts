import type { Refusal } from '@leadlog/contracts'

export function discountTooLarge(where: string): Refusal {
  return refuse('BILLING_DISCOUNT_TOO_LARGE', `The discount on ${where} is more than there is to take it off. Lower it`)
}

export function amountTooLarge(): Refusal {
  return refuse('BILLING_AMOUNT_TOO_LARGE', 'The invoice comes to more than 999,999,999,999 minor units. Divide it')
}

export function creditTooLarge(line: number, left: number): Refusal {
  return refuse('BILLING_CREDIT_TOO_LARGE', `Line ${line} has ${left} minor units left to credit. Name each line once`)
}

export function nothingToCredit(): Refusal {
  return refuse('BILLING_NOTHING_TO_CREDIT', 'Everything of the invoice is credited already')
}

/** As contracts make it; a browser takes types of them only. */
function refuse(code: string, message: string): Refusal {
  return { refused: true, code, message }
}
