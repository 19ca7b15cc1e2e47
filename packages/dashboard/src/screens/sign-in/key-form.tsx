import { Button } from '@heroui/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { signInWithKey } from '../../api/session.ts'
import { Field, Refusal } from '../../design/field.tsx'

/** Signing in with an API key, which stays in this tab only. */
export function KeyForm({ onDone }: { onDone: () => void }) {
  const [key, setKey] = useState('')
  const signIn = useMutation({ mutationFn: signInWithKey, onSuccess: onDone })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate(key.trim())
      }}
    >
      <div>
        <h1 className="text-lg font-semibold">Sign in with an API key</h1>
        <p className="text-muted">For whoever runs Leadlog: npm start prints one. It stays in this tab.</p>
      </div>
      <Field
        label="API key"
        type="password"
        name="api-key"
        autoComplete="off"
        required
        autoFocus
        value={key}
        onChange={(event) => setKey(event.target.value)}
        aria-invalid={signIn.isError}
      />
      <Refusal>{signIn.isError ? signIn.error.message : null}</Refusal>
      <Button type="submit" variant="primary" fullWidth isDisabled={signIn.isPending}>
        {signIn.isPending ? 'Signing in' : 'Sign in'}
      </Button>
    </form>
  )
}
