import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { sendCommand } from '../../api/send-command.ts'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { ReasonField } from '../../design/reason-field.tsx'

const BOTH = 'call sms'

/**
 * Closes the ways to a number, or opens them again; asks why, which is kept.
 *
 * @param released a number that is suppressed and is to be released; absent for a number to be suppressed
 */
export function SuppressDialog({ released, onClose }: { released?: string; onClose: () => void }) {
  const queries = useQueryClient()
  const [phone, setPhone] = useState(released ?? '')
  const [channels, setChannels] = useState(BOTH)
  const [reason, setReason] = useState('operator')
  const [why, setWhy] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const isRelease = released !== undefined
  const change = useMutation({
    mutationFn: () =>
      sendCommand(
        'telephony',
        isRelease ? 'ReleaseContact' : 'SuppressContact',
        {
          phone: phone.replace(/[\s()-]/g, ''),
          channels: channels.split(' '),
          why: why.trim(),
          ...(isRelease ? {} : { reason })
        },
        crypto.randomUUID()
      ),
    onSuccess: async () => {
      toast.success(isRelease ? `${phone} may be contacted again` : `${phone} is not contacted any more`)
      await Promise.all(
        ['/v1/suppressions', '/v1/suppressions/{id}'].map((path) => queries.invalidateQueries({ queryKey: [path] }))
      )
      onClose()
    }
  })
  return (
    <FormDialog
      title={isRelease ? `Release ${released}?` : 'Suppress a number'}
      word={isRelease ? 'Release' : 'Suppress'}
      working={change.isPending}
      onClose={onClose}
      onSubmit={() => {
        if (phone.trim() === '') return setMissing('Enter the number.')
        if (why.trim() === '') return setMissing('Say why: it is kept with who did it.')
        setMissing(null)
        change.mutate()
      }}
    >
      <p>
        {isRelease
          ? 'It may be called and written to again. Who sent STOP has to send START too: Twilio keeps its own list.'
          : 'It is not called or written to any more, whoever asks for it. What waits for it is ended.'}
      </p>
      {isRelease ? null : (
        <Field
          label="Number, such as +14155550142"
          mono
          type="tel"
          value={phone}
          maxLength={20}
          onChange={(event) => setPhone(event.target.value)}
        />
      )}
      <Choice
        label="Channels"
        value={channels}
        options={[
          { value: BOTH, word: 'Calls and messages' },
          { value: 'call', word: 'Calls only' },
          { value: 'sms', word: 'Messages only' }
        ]}
        onChange={setChannels}
      />
      {isRelease ? null : (
        <Choice
          label="Reason"
          value={reason}
          options={[
            { value: 'operator', word: 'We decided so' },
            { value: 'opted-out', word: 'They told us' },
            { value: 'do-not-call', word: 'On a do-not-call list' }
          ]}
          onChange={setReason}
        />
      )}
      <ReasonField value={why} onChange={setWhy} />
      <Refusal>{missing ?? (change.isError ? change.error.message : null)}</Refusal>
    </FormDialog>
  )
}
