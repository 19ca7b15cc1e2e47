import { Button } from '@heroui/react'
import { MailCheck } from 'lucide-react'

/** The link is on its way, if the address may sign in; which of both, nobody is told. */
export function LinkSent(props: { email: string; minutes: number; onAgain: () => void }) {
  const { email, minutes, onAgain } = props
  return (
    <div className="flex flex-col gap-4" role="status">
      <span className="grid size-10 place-items-center rounded-full bg-tone-info-soft text-tone-info">
        <MailCheck aria-hidden size={18} />
      </span>
      <div>
        <h1 className="text-lg font-semibold">Look in your mailbox</h1>
        <p className="mt-1 text-muted [overflow-wrap:anywhere]">
          If <span className="font-medium text-foreground">{email}</span> may sign in, a link is on its way. It is good
          once, for {minutes} minutes, and in this browser.
        </p>
        <p className="mt-2 text-muted">
          No mail after a minute? Look among what is marked as spam, and ask an admin whether this is the address that
          was invited.
        </p>
      </div>
      <Button variant="secondary" fullWidth onPress={onAgain}>
        Use another address, or send it again
      </Button>
    </div>
  )
}
