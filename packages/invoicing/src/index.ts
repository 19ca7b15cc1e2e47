export { creditLines, type CreditedTotals, type CreditRequest } from './credit.ts'
export { currencies, digitsOf, isCurrency, showMoney } from './currency.ts'
export { scaled } from './exact.ts'
export { reckon, type LineBasis } from './reckon.ts'
