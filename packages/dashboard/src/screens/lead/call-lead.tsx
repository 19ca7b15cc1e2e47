import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import { useState } from 'react'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { may } from '../../words/access.ts'
import { typedNumber } from '../../words/calls.ts'
import { useTelephony } from '../calls/use-telephony.ts'

/** Calls a lead and connects them to one of us, or to a flow. */
export function CallLead({ leadId, name, phone }: { leadId: string; name: string; phone: string }) {
  const [asking, setAsking] = useState(false)
  const me = useMe()
  if (!may(me, 'commands') || !may(me, 'operations')) return null
  return (
    <>
      <Button size="sm" variant="secondary" onPress={() => setAsking(true)}>
        <Phone aria-hidden size={14} /> Call
      </Button>
      {asking ? <CallDialog leadId={leadId} name={name} phone={phone} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

const MOST = 200
/** Stands for one of us in the choice of whom they talk to. */
const ME = ''
/** A phone is a matter of the desk that it stands on. */
const MY_PHONE = 'leadlog.my-phone'

function CallDialog(props: { leadId: string; name: string; phone: string; onClose: () => void }) {
  const { leadId, name, phone, onClose } = props
  const numbers = useQuery(plainRead('/v1/phone-numbers'))
  const flows = useQuery(plainRead('/v1/flows', { limit: MOST }))
  const ours = (numbers.data?.data ?? []).map(({ number }) => number)
  const published = (flows.data?.data ?? []).filter(({ live }) => live !== null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [flowId, setFlowId] = useState(ME)
  const [mine, setMine] = useState(() => localStorage.getItem(MY_PHONE) ?? '')
  const [why, setWhy] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const telephony = useTelephony(onClose)
  const from = chosen ?? ours[0] ?? ''
  return (
    <FormDialog
      title={`Call ${name}`}
      word="Call"
      working={telephony.isPending}
      onClose={onClose}
      onSubmit={() => {
        if (from === '') return setMissing('There is no number to call from: add one under Numbers.')
        if (flowId === ME && typedNumber(mine) === '') return setMissing('Enter the phone that you talk on.')
        if (why.trim() === '') return setMissing('Say what it is about: it is kept with the call.')
        setMissing(null)
        if (flowId === ME) localStorage.setItem(MY_PHONE, mine)
        const connect = flowId === ME ? { number: typedNumber(mine) } : { flowId }
        telephony.mutate({
          command: 'PlaceCall',
          body: { to: typedNumber(phone), from, connect, leadId, purpose: 'service', why: why.trim() },
          said: `${name} is called as soon as they may be`
        })
      }}
    >
      <p>
        {phone} rings first. Whether they may be called is looked at immediately before; what came of it stands on this
        page.
      </p>
      {ours.length > 1 ? (
        <Choice
          label="From"
          value={from}
          options={ours.map((number) => ({ value: number, word: number }))}
          onChange={setChosen}
        />
      ) : null}
      <Choice
        label="They talk to"
        value={flowId}
        options={[{ value: ME, word: 'Me' }, ...published.map(({ id, name: word }) => ({ value: id, word }))]}
        onChange={setFlowId}
      />
      {flowId === ME ? (
        <Field
          label="My phone, such as +14155550177"
          mono
          type="tel"
          value={mine}
          maxLength={20}
          onChange={(event) => setMine(event.target.value)}
          help="It rings once they answer."
        />
      ) : null}
      <Field label="What it is about" value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
      <Refusal>{missing ?? (telephony.isError ? telephony.error.message : null)}</Refusal>
    </FormDialog>
  )
}
