import type { AnyProjection, Projection } from '@leadlog/projections'
import { closest } from 'fastest-levenshtein'
import { notFound, refused } from '../errors.ts'
import { declaredProjections } from '../system/manifests.ts'

/** Finds a read model by its name; the service's name before it may be left out. @throws CliError CLI_NOT_FOUND */
export function chooseProjection(given: string): AnyProjection {
  const found = declaredProjections.find(({ service, projection }) =>
    [projection.name, projection.name.replace(`${service}-`, '')].includes(given)
  )
  if (found) return found.projection
  const names = declaredProjections.map(({ projection }) => projection.name)
  throw notFound(
    `There is no read model "${given}"; perhaps you meant ${closest(given, names)}. See: leadlog projections list`
  )
}

/** @throws CliError as `chooseProjection`; CLI_NOT_A_FOLD for one that cannot be built beside the live table */
export function chooseFold(given: string): Projection {
  const projection = chooseProjection(given)
  if (projection.kind === 'fold') return projection
  throw refused(
    'CLI_NOT_A_FOLD',
    `${projection.name} writes its tables itself: it has no rebuild beside the live table and no as-of`
  )
}

/** Every read model that can be built beside its live table. */
export function allFolds(): Projection[] {
  return declaredProjections.map(({ projection }) => projection).filter((projection) => projection.kind === 'fold')
}
