import { Button } from '@heroui/react'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { askedHere } from '../../api/asked-here.ts'
import { confirmLink } from '../../api/sign-in.ts'
import { Refusal } from '../../design/field.tsx'
import { isLost, problemWords } from './problem-words.ts'

/**
 * A mailed link was opened. Where this browser asked for it, it is used at once; elsewhere only at a click, since programs
 * that check mail open links too.
 */
export function UseLink(props: {
  link: string
  onDone: () => void
  onCodeNeeded: () => void
  onLost: (problem: string) => void
}) {
  const { link, onDone, onCodeNeeded, onLost } = props
  const confirm = useMutation({
    mutationFn: confirmLink,
    onSuccess: ({ state }) => (state === 'signed-in' ? onDone() : onCodeNeeded()),
    onError: (error) => {
      if (isLost(error)) onLost(problemWords(error))
    }
  })
  const { mutate } = confirm
  useEffect(() => {
    if (askedHere()) mutate(link)
  }, [link, mutate])
  const busy = confirm.isPending || confirm.isSuccess
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-lg font-semibold">Sign in</h1>
        <p className="text-muted" role="status">
          {busy ? 'Signing you in' : 'You came by a link from a mail of ours.'}
        </p>
      </div>
      <Refusal>{confirm.isError ? problemWords(confirm.error) : null}</Refusal>
      <Button variant="primary" fullWidth isDisabled={busy} onPress={() => mutate(link)}>
        {confirm.isError ? 'Try again' : 'Sign in'}
      </Button>
    </div>
  )
}
