import { useQuery } from '@tanstack/react-query'
import { sendCommand } from '../../../api/send-command.ts'
import { useRested } from '../../../design/rested.ts'
import type { MappingProblem, wantedChanges } from '../../../words/field-mapping.ts'

type Changes = ReturnType<typeof wantedChanges>

/** What the CRM sync answers when it held a mapping against the CRM's fields. */
export interface MappingCheck {
  readonly version: number
  readonly problems: readonly (MappingProblem & {
    readonly field: string | null
    readonly suggestions: readonly string[]
  })[]
  readonly crmFields: readonly {
    readonly apiName: string
    readonly type: string
    readonly maxLength: number | null
    readonly readOnly: boolean
    readonly fits: readonly string[]
  }[]
}

/** Between two letters it is too early to ask. */
const TYPING_MS = 450

/** Asks the CRM's own fields; with changes, what would be wrong if they were made. */
export async function checkMapping(changes: Changes): Promise<MappingCheck> {
  const body = changes.length === 0 ? {} : { changes }
  const { result } = await sendCommand('crm-sync', 'CheckFieldMapping', body, crypto.randomUUID())
  return result as unknown as MappingCheck
}

/** The check of what is typed, as one types. The answer before stays until the next one is there. */
export function useMappingCheck(changes: Changes, enabled: boolean) {
  const settled = useRested(changes, TYPING_MS)
  const check = useQuery({
    queryKey: ['check-field-mapping', settled],
    queryFn: () => checkMapping(settled),
    enabled,
    retry: false,
    staleTime: 10_000,
    placeholderData: (before) => before
  })
  return { check, isBehind: JSON.stringify(settled) !== JSON.stringify(changes) || check.isFetching }
}
