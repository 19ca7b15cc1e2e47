import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { sendCommand } from '../../api/send-command.ts'
import { useMe } from '../../api/session.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { may } from '../../words/access.ts'

/** Ends a call that we placed. */
export function HangUp({ dialId }: { dialId: string }) {
  const queries = useQueryClient()
  const allowed = may(useMe(), 'commands')
  // The same wish has the same key, however often it is sent.
  const [wish] = useState(() => crypto.randomUUID())
  const hangUp = useMutation({
    mutationFn: () => sendCommand('telephony', 'CancelCall', { dialId }, wish),
    onSuccess: () => toast('The call is being ended'),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/calls'] })
  })
  if (!allowed) return null
  return (
    <ConfirmButton
      word="Hang up"
      question="End this call for whoever is on it?"
      sure="Hang up"
      working={hangUp.isPending}
      onSure={() => hangUp.mutate()}
    />
  )
}
