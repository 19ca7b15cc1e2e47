import { useMe } from '../../api/session.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { may } from '../../words/access.ts'
import { useTelephony } from './use-telephony.ts'

/** Ends a call that we placed. */
export function HangUp({ dialId }: { dialId: string }) {
  const allowed = may(useMe(), 'commands')
  const telephony = useTelephony()
  if (!allowed) return null
  return (
    <ConfirmButton
      word="Hang up"
      question="End this call for whoever is on it?"
      sure="Hang up"
      working={telephony.isPending}
      onSure={() => telephony.mutate({ command: 'CancelCall', body: { dialId }, said: 'The call is being ended' })}
    />
  )
}
