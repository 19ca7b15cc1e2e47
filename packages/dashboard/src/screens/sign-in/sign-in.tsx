import { useEffect, useState } from 'react'
import { takeReturn, whenDoneElsewhere } from '../../api/asked-here.ts'
import { findSession, useSignedIn } from '../../api/session.ts'
import { Logo } from '../../shell/logo.tsx'
import { AskForLink } from './ask-for-link.tsx'
import { CodeForm } from './code-form.tsx'
import { KeyForm } from './key-form.tsx'
import { LinkSent } from './link-sent.tsx'
import { UseLink } from './use-link.tsx'

type Step =
  | { readonly at: 'ask'; readonly problem: string | null }
  | { readonly at: 'sent'; readonly email: string; readonly minutes: number }
  | { readonly at: 'link'; readonly link: string }
  | { readonly at: 'code' }
  | { readonly at: 'key' }

/**
 * Signing in: by a mailed link and, where the person wants one, a code; or with an API key.
 *
 * @param link of a mail, where the person came by one
 * @param onDone where the person wanted to go
 */
export function SignIn({ link, onDone }: { link?: string | null; onDone?: (address: string) => void }) {
  const [step, setStep] = useState<Step>(link ? { at: 'link', link } : { at: 'ask', problem: null })
  const signedIn = useSignedIn()
  useEffect(() => {
    if (link) setStep({ at: 'link', link })
  }, [link])
  useEffect(() => whenDoneElsewhere(() => void findSession()), [])
  const done = (): void => {
    const address = takeReturn()
    void findSession().then(() => onDone?.(address))
  }
  const again = (problem: string | null): void => setStep({ at: 'ask', problem })
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-8">
      <div className="panel flex w-full max-w-sm flex-col gap-4 p-6">
        <Logo />
        {step.at === 'ask' ? (
          <AskForLink
            notice={signedIn.state === 'no' && signedIn.ended ? 'You were signed out. Sign in to go on here.' : null}
            problem={step.problem}
            onSent={(email, minutes) => setStep({ at: 'sent', email, minutes })}
          />
        ) : step.at === 'sent' ? (
          <LinkSent {...step} onAgain={() => again(null)} />
        ) : step.at === 'link' ? (
          <UseLink link={step.link} onDone={done} onCodeNeeded={() => setStep({ at: 'code' })} onLost={again} />
        ) : step.at === 'code' ? (
          <CodeForm onDone={done} onLost={again} />
        ) : (
          <KeyForm onDone={() => onDone?.('/')} />
        )}
        {step.at === 'code' || step.at === 'link' ? null : (
          <button
            type="button"
            className="border-t border-separator pt-4 text-left font-medium text-link"
            onClick={() => setStep(step.at === 'key' ? { at: 'ask', problem: null } : { at: 'key' })}
          >
            {step.at === 'key' ? 'Use a mailed link' : 'Use an API key'}
          </button>
        )}
      </div>
    </main>
  )
}
