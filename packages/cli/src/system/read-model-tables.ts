import { declaredProjections } from './manifests.ts'

/** `schema.table` of every read model. */
export function readModelTables(): readonly string[] {
  return declaredProjections
    .flatMap(({ projection }) => ('table' in projection ? [projection.table] : projection.tables))
    .map(({ schema, name }) => `${schema}.${name}`)
}
