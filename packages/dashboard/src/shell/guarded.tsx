import { useEffect } from 'react'
import { findSession, useSignedIn } from '../api/session.ts'
import { Failed } from '../design/states.tsx'
import { SignIn } from '../screens/sign-in/sign-in.tsx'
import { AppShell } from './app-shell.tsx'

/** Who is not signed in sees the sign-in in place of the screen, and the screen afterwards. */
export function Guarded() {
  const signedIn = useSignedIn()
  switch (signedIn.state) {
    case 'unknown':
      return null
    case 'unclear':
      return <Unclear error={signedIn.problem} />
    case 'no':
      return <SignIn />
    case 'yes':
      return <AppShell key={signedIn.me.actor} />
  }
}

const ASK_AGAIN_MS = 5_000

/** The gateway cannot say who is signed in: nobody is sent to sign in for that. */
function Unclear({ error }: { error: Error }) {
  useEffect(() => {
    const asking = setInterval(() => void findSession(), ASK_AGAIN_MS)
    return () => clearInterval(asking)
  }, [])
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <div>
        <h1 className="sr-only">Leadlog</h1>
        <Failed error={error} onRetry={() => void findSession()} />
      </div>
    </main>
  )
}
