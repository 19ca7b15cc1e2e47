export { erasePerson, type ErasureProgress, type EraseRequest, type ErasureResult } from './erase-person.ts'
export { planErasure, type ErasurePlan } from './plan-erasure.ts'
export { findPerson, type Whom } from './find-person.ts'
export { certificateOf, isGenuine, type Certificate } from './certificate.ts'
