import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { plainRead } from '../../api/queries.ts'
import { write } from '../../api/write.ts'
import { FormDialog } from '../../design/form-dialog.tsx'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { scopeWord } from '../../words/people.ts'
import type { NewKey } from './new-key-shown.tsx'

const LIVES = [
  { value: '30', word: '30 days' },
  { value: '90', word: '90 days' },
  { value: '365', word: 'A year' },
  { value: '', word: 'Until it is revoked' }
]

/** Issues a key: which program it is for, what it may, for how long. */
export function NewKeyDialog({ onClose, onIssued }: { onClose: () => void; onIssued: (made: NewKey) => void }) {
  const queries = useQueryClient()
  const capabilities = useQuery(plainRead('/v1/capabilities'))
  const services = [...new Set(capabilities.data?.commands.map(({ service }) => service))].toSorted()
  const scopes = ['read', 'personal', ...services.map((service) => `command:${service}`), 'command:*', 'admin']
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(['read'])
  const [days, setDays] = useState('90')
  const issue = useMutation({
    mutationFn: async (body: { name: string; scopes: readonly string[]; expiresInDays: number | null }) =>
      (await write('POST', '/v1/api-keys', body)) as { key: string },
    onSuccess: ({ key }, body) => {
      onIssued({ name: body.name, key })
      onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/api-keys'] })
  })
  const toggle = (scope: string, on: boolean): void =>
    setChosen(on ? [...chosen, scope] : chosen.filter((one) => one !== scope))
  return (
    <FormDialog
      title="New API key"
      word="Issue the key"
      working={issue.isPending}
      onClose={onClose}
      onSubmit={() =>
        issue.mutate({ name: name.trim(), scopes: chosen, expiresInDays: days === '' ? null : Number(days) })
      }
    >
      <Field
        label="Which program is it for?"
        name="name"
        required
        autoFocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-xs font-medium">What may it?</legend>
        {scopes.map((scope) => (
          <label key={scope} className="flex cursor-pointer items-center gap-2.5 rounded-lg px-1 py-1 hover:bg-default">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={(event) => toggle(scope, event.target.checked)}
              className="size-4 accent-[var(--accent)]"
            />
            {scopeWord(scope)}
          </label>
        ))}
      </fieldset>
      <Choice label="For how long?" value={days} options={LIVES} onChange={setDays} />
      <Refusal>
        {issue.isError ? issue.error.message : chosen.length === 0 ? 'Choose at least one thing that it may.' : null}
      </Refusal>
    </FormDialog>
  )
}
