import { Button } from '@heroui/react'
import { toast } from 'sonner'
import { useMe } from '../api/session.ts'
import { cancelWork, type Work } from '../api/start-work.ts'
import { may } from '../words/access.ts'

/** Asks to stop what is running; nothing for who may not. */
export function StopWork({ path, work }: { path: string; work: Work }) {
  if (!may(useMe(), 'commands')) return null
  return (
    <Button
      size="sm"
      variant="secondary"
      className="self-start"
      isDisabled={work.cancelledBy !== null}
      onPress={() => void cancelWork(path, work.id).catch((error: Error) => toast.error(error.message))}
    >
      {work.cancelledBy === null ? 'Stop' : 'Stopping'}
    </Button>
  )
}
