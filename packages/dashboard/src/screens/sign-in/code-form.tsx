import { Button } from '@heroui/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { proveCode } from '../../api/sign-in.ts'
import { Field, Refusal } from '../../design/field.tsx'
import { isLost, problemWords } from './problem-words.ts'

/** The second factor: the code of the app, or one of the recovery codes. */
export function CodeForm({ onDone, onLost }: { onDone: () => void; onLost: (problem: string) => void }) {
  const [code, setCode] = useState('')
  const [recovering, setRecovering] = useState(false)
  const prove = useMutation({
    mutationFn: proveCode,
    onSuccess: onDone,
    onError: (error) => {
      setCode('')
      if (isLost(error)) onLost(problemWords(error))
    }
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        prove.mutate(code.trim())
      }}
    >
      <div>
        <h1 className="text-lg font-semibold">One more step</h1>
        <p className="text-muted">Your account asks for a second factor.</p>
      </div>
      <Field
        key={recovering ? 'recovery' : 'code'}
        label={recovering ? 'Recovery code' : 'Code of your app'}
        help={recovering ? 'One of the ten that you kept. Each is good once.' : 'Six digits, new every 30 seconds.'}
        name="code"
        inputMode={recovering ? 'text' : 'numeric'}
        autoComplete={recovering ? 'off' : 'one-time-code'}
        required
        autoFocus
        minLength={6}
        maxLength={20}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        aria-invalid={prove.isError}
      />
      <Refusal>{prove.isError ? problemWords(prove.error) : null}</Refusal>
      <Button type="submit" variant="primary" fullWidth isDisabled={prove.isPending || prove.isSuccess}>
        {prove.isPending ? 'Checking' : 'Go on'}
      </Button>
      <button
        type="button"
        className="border-t border-separator pt-4 text-left font-medium text-link"
        onClick={() => {
          setCode('')
          prove.reset()
          setRecovering(!recovering)
        }}
      >
        {recovering ? 'Use the code of your app' : 'Use a recovery code'}
      </button>
    </form>
  )
}
