import { Button } from '@heroui/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { noteAsked } from '../../api/asked-here.ts'
import { askForLink } from '../../api/sign-in.ts'
import { Field, Refusal } from '../../design/field.tsx'
import { problemWords } from './problem-words.ts'

/** The first step: an address, to which a link is mailed if it is a user's. */
export function AskForLink(props: {
  notice: string | null
  problem: string | null
  onSent: (email: string, minutes: number) => void
}) {
  const { notice, problem, onSent } = props
  const [email, setEmail] = useState('')
  const ask = useMutation({
    mutationFn: askForLink,
    onSuccess: (minutes, asked) => {
      noteAsked(`${location.pathname}${location.search}`)
      onSent(asked, minutes)
    }
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate(email.trim())
      }}
    >
      <div>
        <h1 className="text-lg font-semibold">Sign in</h1>
        <p className="text-muted">{notice ?? 'We mail you a link. There is no password.'}</p>
      </div>
      <Field
        label="Your e-mail address"
        type="email"
        name="email"
        autoComplete="email"
        required
        autoFocus
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Refusal>{ask.isError ? problemWords(ask.error) : ask.isPending ? null : problem}</Refusal>
      <Button type="submit" variant="primary" fullWidth isDisabled={ask.isPending}>
        {ask.isPending ? 'Sending' : 'Mail me a link'}
      </Button>
    </form>
  )
}
