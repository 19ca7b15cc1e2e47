/** What differs between the versions of Zoho's API that the simulator knows. */
export interface ZohoVersion {
  number: number
  /** Status of a write in which some, or all, records were refused. */
  mixedStatus: number
  refusedStatus: number
  /** Record lists need the `fields` parameter. */
  needsFields: boolean
  /** Notes name their parent's module in `Parent_Id`, not in `$se_module`. */
  parentNamesModule: boolean
  /** Errors of a record say where in the request it was. */
  hasJsonPath: boolean
}

const OLDEST = 2
const NEWEST = 8

/** The version of a path part such as `v8` or `v2.1`; `undefined` where there is no such version. */
export const zohoVersion = (part: string): ZohoVersion | undefined => {
  const number = /^v\d(\.1)?$/.test(part) ? Number(part.slice(1)) : NaN
  if (!(number >= OLDEST && number < NEWEST + 1)) return undefined
  return {
    number,
    mixedStatus: number >= 6 ? 207 : 202,
    refusedStatus: number >= 6 ? 400 : 202,
    needsFields: number >= 3,
    parentNamesModule: number >= 5,
    hasJsonPath: number >= 5
  }
}
