import { Button } from '@heroui/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { findSession } from '../../api/session.ts'
import { write } from '../../api/write.ts'
import { Field, Refusal } from '../../design/field.tsx'
import { problemWords } from '../sign-in/problem-words.ts'

/** Switching it off wants a code, so that a browser left open is not enough. */
export function SecondFactorOff({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const [code, setCode] = useState('')
  const off = useMutation({
    mutationFn: (given: string) => write('POST', '/v1/me/second-factor/disable', { code: given }),
    onSuccess: () => {
      toast('The second factor is off')
      onDone()
      void findSession()
    },
    onError: () => setCode('')
  })
  return (
    <form
      className="flex max-w-sm flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        off.mutate(code.trim())
      }}
    >
      <p className="text-muted">Then the mailed link alone signs you in, and your recovery codes are good no more.</p>
      <Field
        label="Code of your app, or a recovery code"
        name="code"
        autoComplete="one-time-code"
        required
        autoFocus
        minLength={6}
        maxLength={20}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        aria-invalid={off.isError}
      />
      <Refusal>{off.isError ? problemWords(off.error) : null}</Refusal>
      <div className="flex gap-2">
        <Button size="sm" type="submit" variant="danger" isDisabled={off.isPending}>
          Switch it off
        </Button>
        <Button size="sm" variant="secondary" onPress={onCancel}>
          Keep it
        </Button>
      </div>
    </form>
  )
}
