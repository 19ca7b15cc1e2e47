import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { may } from '../../words/access.ts'
import { typedNumber } from '../../words/calls.ts'
import { colleaguesOf, isHandedOver, mayTransfer } from '../../words/transfers.ts'
import { useTelephony } from './use-telephony.ts'

type Call = AnswerOf<'/v1/calls'>['data'][number]

/** Handing a caller to a colleague: beginning it, leaving them there, and taking them back. */
export function Transfer({ call, who }: { call: Call; who: string }) {
  const allowed = may(useMe(), 'commands')
  const [asking, setAsking] = useState(false)
  const telephony = useTelephony()
  const { transfer } = call
  if (!allowed || !call.live) return null
  if (transfer !== null && isHandedOver(transfer)) {
    return (
      <span className="flex flex-wrap items-center gap-2">
        {transfer.completionRequested ? (
          <span className="text-xs text-muted">They stay with the colleague as soon as both are there.</span>
        ) : (
          <Button
            size="sm"
            variant="primary"
            isDisabled={telephony.isPending}
            onPress={() =>
              telephony.mutate({
                command: 'CompleteTransfer',
                body: { callId: call.id },
                said: 'The caller is left with the colleague'
              })
            }
          >
            Hand over
          </Button>
        )}
        <ConfirmButton
          word="Take back"
          question="Stop calling the colleague, and talk to the caller again?"
          sure="Take back"
          working={telephony.isPending}
          onSure={() =>
            telephony.mutate({
              command: 'CancelCall',
              body: { dialId: transfer.dialId },
              said: 'The colleague is not called any more'
            })
          }
        />
      </span>
    )
  }
  if (!mayTransfer(call)) return null
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        aria-label={`Transfer the call with ${who}`}
        onPress={() => setAsking(true)}
      >
        Transfer
      </Button>
      {asking ? <TransferDialog call={call} who={who} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

const RECENT = 100

function TransferDialog({ call, who, onClose }: { call: Call; who: string; onClose: () => void }) {
  const [to, setTo] = useState('')
  const [why, setWhy] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const recent = useQuery(plainRead('/v1/calls', { limit: RECENT }))
  const colleagues = colleaguesOf(recent.data?.data ?? [])
  const list = useId()
  const telephony = useTelephony(onClose)
  return (
    <FormDialog
      title={`Hand ${who} to a colleague`}
      word="Call the colleague"
      working={telephony.isPending}
      onClose={onClose}
      onSubmit={() => {
        if (typedNumber(to) === '') return setMissing('Enter the number of the colleague.')
        if (why.trim() === '') return setMissing('Say what it is about: the colleague hears it first.')
        setMissing(null)
        telephony.mutate({
          command: 'TransferCall',
          body: { callId: call.id, to: typedNumber(to), why: why.trim() },
          said: 'The colleague is being called'
        })
      }}
    >
      <p>The caller hears music while the colleague is called, and comes back to you if nobody answers.</p>
      <Field
        label="Number of the colleague, such as +14155550177"
        mono
        type="tel"
        list={list}
        value={to}
        maxLength={20}
        onChange={(event) => setTo(event.target.value)}
        help={colleagues.length === 0 ? undefined : 'Who took over lately is offered.'}
      />
      <datalist id={list}>
        {colleagues.map((number) => (
          <option key={number} value={number} />
        ))}
      </datalist>
      <Field label="What it is about" value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
      <Refusal>{missing ?? (telephony.isError ? telephony.error.message : null)}</Refusal>
    </FormDialog>
  )
}
