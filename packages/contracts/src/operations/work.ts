import { Type } from '@sinclair/typebox'
import { AggregateId, OneOf } from '../scalars.ts'

/** What an operator can start and watch. */
export const WORK_KINDS = [
  'redrive',
  'rebuild',
  'swap',
  'discard-table',
  'roll-back',
  'what-if',
  'apply-what-if'
] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** What every event of an operator's work says of it. */
export const workFields = {
  workId: AggregateId,
  kind: OneOf(...WORK_KINDS)
}

/** Figures of what was done. Never personal: they rest plain, for ever. */
export const WorkFigures = Type.Record(Type.String(), Type.Unknown())
