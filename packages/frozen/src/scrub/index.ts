export { findLeftovers } from './leftovers.ts'
export { findPersonalValues, type PersonalValues } from './personal-values.ts'
