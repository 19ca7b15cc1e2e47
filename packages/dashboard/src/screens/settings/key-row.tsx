import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { write } from '../../api/write.ts'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { actorWord, keyState, scopeWord, type Names } from '../../words/people.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'

/** A key of a program: what it may, who issued it, when it was last used. */
export function KeyRow({ apiKey, names }: { apiKey: RowOf<'/v1/api-keys'>; names: Names }) {
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => write('DELETE', `/v1/api-keys/${encodeURIComponent(apiKey.id)}`),
    onSuccess: () => toast(`The key “${apiKey.name}” opens nothing any more`),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/api-keys'] })
  })
  const state = keyState(apiKey, Date.now())
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 py-3">
      <div className="flex min-w-0 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {apiKey.name} <Status kind="apiKey" state={state} />
        </p>
        <p>{apiKey.scopes.map(scopeWord).join(', ')}</p>
        <p className="text-xs text-muted">
          <span className="font-mono">{apiKey.shown}</span>, issued by {actorWord(apiKey.issuedBy, names)}{' '}
          <Time at={apiKey.issuedAt} />,{' '}
          {apiKey.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              last used <Time at={apiKey.lastUsedAt} />
            </>
          )}
          {apiKey.revokedAt !== null ? (
            <>
              , revoked <Time at={apiKey.revokedAt} />
            </>
          ) : apiKey.expiresAt === null ? (
            ', never expires'
          ) : (
            <>
              , {state === 'expired' ? 'expired' : 'expires'} <Time at={apiKey.expiresAt} />
            </>
          )}
        </p>
      </div>
      {state !== 'active' ? null : (
        <ConfirmButton
          word="Revoke"
          question={`Revoke “${apiKey.name}”? Whatever uses it stops working at once. This cannot be taken back.`}
          sure="Revoke it"
          working={revoke.isPending}
          onSure={() => revoke.mutate()}
        />
      )}
    </li>
  )
}
