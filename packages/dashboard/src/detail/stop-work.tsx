import { Button } from '@heroui/react'
import { toast } from 'sonner'
import { cancelWork, type Work } from '../api/start-work.ts'

/** Asks to stop what is running. */
export function StopWork({ path, work }: { path: string; work: Work }) {
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
