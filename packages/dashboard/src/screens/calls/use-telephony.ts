import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { intents } from '../../api/intents.ts'
import { sendCommand } from '../../api/send-command.ts'

/** What of the screen tells of calls. */
const TOLD_BY = ['/v1/calls', '/v1/calls/{id}', '/v1/conferences', '/v1/dials']

/** One wish of telephony: asked for once, however often it is pressed, and what it changes is read anew. */
interface Wish {
  readonly command: string
  readonly body: object
  /** What is said once it is on its way. */
  readonly said: string
}

/** Sends commands to telephony. A refusal is told where nothing else tells it. */
export function useTelephony(onDone?: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ command, body }: Wish) =>
      intents.act(command, body, (key) => sendCommand('telephony', command, body, key)),
    onSuccess: (_, { said }) => {
      toast(said)
      onDone?.()
    },
    onError: (error) => {
      if (onDone === undefined) toast.error(error.message)
    },
    onSettled: () => Promise.all(TOLD_BY.map((path) => queries.invalidateQueries({ queryKey: [path] })))
  })
}
