import { Button } from '@heroui/react'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/session.ts'
import { may } from '../../words/access.ts'
import { ScheduleDialog, type MeetingCustomer } from '../meetings/schedule-dialog.tsx'

/** A meeting with the lead whose page it is: a button, and what it asks. */
export function ScheduleWithLead({ customer }: { customer: MeetingCustomer }) {
  const [open, setOpen] = useState(false)
  if (!may(useMe(), 'commands')) return null
  return (
    <>
      <Button size="sm" variant="secondary" className="mt-3" onPress={() => setOpen(true)}>
        <Plus aria-hidden size={14} /> Schedule a meeting
      </Button>
      {open ? <ScheduleDialog customer={customer} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
