import { Button } from '@heroui/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { useMe } from '../../api/session.ts'
import { write } from '../../api/write.ts'
import { Section } from '../../design/page.tsx'
import { Status } from '../../design/status.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SecondFactorOff } from './second-factor-off.tsx'
import { SecondFactorSetUp, type Prepared } from './second-factor-set-up.tsx'

type Doing =
  | { readonly what: 'nothing' | 'switching-off' }
  | { readonly what: 'setting-up'; readonly prepared: Prepared }
  | { readonly what: 'keeping-codes'; readonly codes: readonly string[] }

/** A code beside the link: set up with an app, switched off with a code. */
export function SecondFactor() {
  const { user } = useMe()
  const [doing, setDoing] = useState<Doing>({ what: 'nothing' })
  // Not a read: each asking makes another secret, and an app has only one of them.
  const prepare = useMutation({
    mutationFn: () => write('POST', '/v1/me/second-factor') as Promise<Prepared>,
    onSuccess: (prepared) => setDoing({ what: 'setting-up', prepared }),
    onError: (error) => toast.error(error.message)
  })
  const rest = (): void => setDoing({ what: 'nothing' })
  const on = user?.secondFactor === true
  return (
    <Section title="Second factor" aside={<Status kind="secondFactor" state={on ? 'on' : 'off'} />}>
      <div className="panel flex flex-col items-start gap-3 p-4">
        {doing.what === 'keeping-codes' ? (
          <RecoveryCodes codes={doing.codes} onKept={rest} />
        ) : doing.what === 'setting-up' ? (
          <SecondFactorSetUp
            prepared={doing.prepared}
            onDone={(codes) => setDoing({ what: 'keeping-codes', codes })}
            onCancel={rest}
          />
        ) : doing.what === 'switching-off' ? (
          <SecondFactorOff onDone={rest} onCancel={rest} />
        ) : (
          <>
            <p className="max-w-prose text-muted">
              {on
                ? 'Beside the mailed link you are asked for a code of your app. Who reads your mail cannot sign in as you.'
                : 'Without one, whoever reads your mail can sign in as you. With one, a code of an app on your phone is asked for too.'}
            </p>
            <Button
              size="sm"
              variant={on ? 'secondary' : 'primary'}
              isDisabled={prepare.isPending}
              onPress={() => (on ? setDoing({ what: 'switching-off' }) : prepare.mutate())}
            >
              {on ? 'Switch it off' : 'Set it up'}
            </Button>
          </>
        )}
      </div>
    </Section>
  )
}
