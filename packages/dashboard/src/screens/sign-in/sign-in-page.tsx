import { Navigate, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useSignedIn } from '../../api/session.ts'
import { linkIn } from '../../words/sign-in.ts'
import { SignIn } from './sign-in.tsx'

/** Where mailed links lead. The secret leaves the address at once, so that it stands in no history. */
export default function SignInPage() {
  const navigate = useNavigate()
  const hash = useRouterState({ select: ({ location }) => location.hash })
  const given = linkIn(hash)
  const [link, setLink] = useState(given)
  const signedIn = useSignedIn()
  useEffect(() => {
    if (given === null) return
    setLink(given)
    void navigate({ to: '/sign-in', hash: '', replace: true })
  }, [given, navigate])
  if (signedIn.state === 'yes' && link === null) return <Navigate to="/" replace />
  return <SignIn link={link} onDone={(address) => void navigate({ href: address, replace: true })} />
}
