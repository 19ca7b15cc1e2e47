import { Button } from '@heroui/react'
import { useState } from 'react'
import { signInWithKey } from '../api/session.ts'
import { Logo } from '../shell/logo.tsx'

/** Signing in with an API key, which stays in this tab only. */
export function SignIn() {
  const [key, setKey] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const signIn = async (): Promise<void> => {
    setAsking(true)
    setProblem(null)
    try {
      await signInWithKey(key.trim())
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setAsking(false)
    }
  }
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <form
        className="panel flex w-full max-w-sm flex-col gap-4 p-6"
        onSubmit={(event) => {
          event.preventDefault()
          void signIn()
        }}
      >
        <Logo />
        <div>
          <h1 className="text-lg font-semibold">Sign in</h1>
          <p className="text-muted">With the API key that npm start printed. It stays in this tab.</p>
        </div>
        <label className="flex flex-col gap-1.5 font-medium">
          API key
          <input
            type="password"
            name="api-key"
            autoComplete="off"
            required
            autoFocus
            value={key}
            onChange={(event) => setKey(event.target.value)}
            aria-invalid={problem !== null}
            aria-describedby="sign-in-problem"
            className="h-10 rounded-lg border border-[var(--field-border)] bg-surface px-3 font-mono font-normal"
          />
        </label>
        <p id="sign-in-problem" role="alert" className="text-tone-danger empty:hidden">
          {problem}
        </p>
        <Button type="submit" variant="primary" fullWidth isDisabled={asking}>
          {asking ? 'Signing in' : 'Sign in'}
        </Button>
        <p className="border-t border-separator pt-4 text-muted">
          People sign in by mail:{' '}
          <a href="/sign-in" className="font-medium text-link underline">
            mail me a link
          </a>
        </p>
      </form>
    </main>
  )
}
