import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { intents } from '../../api/intents.ts'
import { ApiProblem } from '../../api/problem.ts'
import { sendCommand } from '../../api/send-command.ts'
import { fieldOfRefusal } from '../../words/meetings.ts'

type MeetingCommand = 'ScheduleMeeting' | 'RescheduleMeeting' | 'CancelMeeting' | 'OpenMeetingRoom' | 'SetMeetingLink'

/** Something that is done to a meeting: its progress, its refusal, and at which field that belongs. */
export function useMeetingCommand(name: MeetingCommand, { done, onDone }: { done: string; onDone: () => void }) {
  const queries = useQueryClient()
  const command = useMutation({
    // The same wish has the same key while nobody knows what became of it.
    mutationFn: (body: object) => intents.act(name, body, (key) => sendCommand('meetings', name, body, key)),
    onSuccess: () => {
      toast.success(done)
      onDone()
    },
    onSettled: () =>
      Promise.all(
        ['/v1/meetings', '/v1/meetings/{id}', '/v1/leads/{id}/timeline'].map((path) =>
          queries.invalidateQueries({ queryKey: [path] })
        )
      )
  })
  const { error } = command
  const field = error instanceof ApiProblem ? fieldOfRefusal(error.code) : null
  return {
    send: command.mutate,
    isPending: command.isPending,
    /** The refusal of a field; with null that of the whole. */
    problemOf: (of: ReturnType<typeof fieldOfRefusal>) => (error !== null && field === of ? error.message : null)
  }
}
