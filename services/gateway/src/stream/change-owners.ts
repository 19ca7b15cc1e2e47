import type { ChangeGroup } from './change-hub.ts'
import { ofLeads, type LeadChange } from './change.ts'

/** Whose the changed rows are, addresses in lower case, by topic and id; null for a row that is gone. */
export type OwnersOfRows = ReadonlyMap<string, readonly string[] | null>

/** Looks up whose the changed rows of leads are: once for each group, however many listen. */
export interface ChangeOwners {
  /** Of a row that is in several groups: as the last of them found it. */
  of(groups: readonly ChangeGroup[]): Promise<OwnersOfRows>
}

export function createChangeOwners(
  findOwners: (changes: readonly LeadChange[]) => Promise<OwnersOfRows>
): ChangeOwners {
  const known = new WeakMap<ChangeGroup, Promise<OwnersOfRows>>()
  const find = (group: ChangeGroup): Promise<OwnersOfRows> => {
    const found = known.get(group) ?? findOwners(ofLeads(group.changes))
    known.set(group, found)
    return found
  }
  return {
    async of(groups) {
      const found = await Promise.all(groups.map(find))
      return new Map(found.flatMap((owners) => [...owners]))
    }
  }
}
