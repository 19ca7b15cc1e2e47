import { Button } from '@heroui/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import type { AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { sendCommand } from '../../api/send-command.ts'
import { FormDialog } from '../../design/form-dialog.tsx'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { typedNumber } from '../../words/calls.ts'
import { counted } from '../../words/format.ts'

type PhoneNumber = AnswerOf<'/v1/phone-numbers'>['data'][number]

/** Stands for no flow in the choice. */
const NO_FLOW = ''

/** Another flow for a number: a button, and what it asks. */
export function ChangeNumber({ number }: { number: PhoneNumber }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        aria-label={`Change who answers ${number.number}`}
        onPress={() => setOpen(true)}
      >
        Change
      </Button>
      {open ? <AssignDialog known={number} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** A number that nobody called yet. */
export function AddNumber() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" variant="primary" onPress={() => setOpen(true)}>
        <Plus aria-hidden size={14} /> Add number
      </Button>
      {open ? <AssignDialog known={null} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function AssignDialog({ known, onClose }: { known: PhoneNumber | null; onClose: () => void }) {
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const [flowId, setFlowId] = useState(known?.flow?.flowId ?? NO_FLOW)
  // The same wish has the same key, however often it is sent.
  const [wish] = useState(() => crypto.randomUUID())
  const flows = useQuery(plainRead('/v1/flows', { limit: 200 }))
  const live = useQuery(plainRead('/v1/calls', { live: 'true', limit: 200 }))
  const published = (flows.data?.data ?? []).filter((flow) => flow.live !== null)
  const number = known?.number ?? typedNumber(typed)
  const name = published.find(({ id }) => id === flowId)?.name
  const running = (live.data?.data ?? []).filter(({ ours }) => ours === number).length
  const assign = useMutation({
    mutationFn: () =>
      sendCommand(
        'telephony',
        'AssignNumber',
        { number, flowId: flowId === NO_FLOW ? null : flowId },
        `${wish}-${number}-${flowId}`
      ),
    onSuccess: () => {
      toast.success(name === undefined ? `${number} goes to the fallback number` : `${name} answers ${number}`)
      onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/phone-numbers'] })
  })
  const unchanged = known !== null && known.since !== null && (known.flow?.flowId ?? NO_FLOW) === flowId
  return (
    <FormDialog
      title={known === null ? 'Add a number' : `Who answers ${known.number}?`}
      word={known === null ? 'Add' : 'Change'}
      working={assign.isPending}
      unchanged={unchanged}
      onClose={onClose}
      onSubmit={() => assign.mutate()}
    >
      {known === null ? (
        <Field
          label="Phone number"
          type="tel"
          required
          autoFocus
          maxLength={24}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          help="With its country’s code, such as +1 415 555 0142. At Twilio it must lead to this system."
        />
      ) : null}
      <Choice
        label="Flow"
        value={flowId}
        options={[
          { value: NO_FLOW, word: 'None: straight to the fallback number' },
          ...published.map(({ id, name: word }) => ({ value: id, word }))
        ]}
        onChange={setFlowId}
      />
      <p className="text-xs text-muted">
        From the next call on {name === undefined ? 'callers go to the fallback number' : `callers go through ${name}`}.{' '}
        {running === 0 ? 'No call to it runs now.' : `${counted(running, 'call')} to it stay where they are.`}
      </p>
      <Refusal>{assign.isError ? assign.error.message : flows.isError ? flows.error.message : null}</Refusal>
    </FormDialog>
  )
}
