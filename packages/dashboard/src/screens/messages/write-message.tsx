import { Button } from '@heroui/react'
import { segmentsOf } from '@leadlog/call-flow/segments'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { toast } from 'sonner'
import { pagedRead } from '../../api/queries.ts'
import { sendCommand } from '../../api/send-command.ts'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { counted } from '../../words/format.ts'

/** A message to a number: a text of its own with its segments counted as Twilio counts them, or a template. */
export function WriteMessage({ to, from, leadId }: { to: string; from: string; leadId: string | null }) {
  const queries = useQueryClient()
  const templates = useInfiniteQuery(pagedRead('/v1/sms-templates', {}))
  const known = templates.data?.pages.flatMap(({ data }) => data) ?? []
  const [templateId, setTemplateId] = useState('')
  const [text, setText] = useState('')
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const id = useId()
  const template = known.find((one) => one.id === templateId)?.versions[0]
  const counting = segmentsOf(template?.text ?? text)
  const send = useMutation({
    mutationFn: () =>
      sendCommand(
        'telephony',
        'SendSms',
        {
          to,
          from,
          ...(leadId === null ? {} : { leadId }),
          ...(template === undefined ? { text: text.trim() } : { templateId, variables: values })
        },
        crypto.randomUUID()
      ),
    onSuccess: async () => {
      setText('')
      setTemplateId('')
      toast.success('The message is in the queue')
      await queries.invalidateQueries({ queryKey: ['/v1/sms-threads/{id}/messages'] })
    }
  })
  const isEmpty = template === undefined && text.trim() === ''
  return (
    <form
      aria-label="New message"
      className="panel flex flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty && !counting.tooLong) send.mutate()
      }}
    >
      {known.length === 0 ? null : (
        <Choice
          label="Template"
          value={templateId}
          options={[
            { value: '', word: 'A text of its own' },
            ...known.map((one) => ({ value: one.id, word: one.name }))
          ]}
          onChange={setTemplateId}
        />
      )}
      {template === undefined ? (
        <div className="flex flex-col gap-1">
          <label htmlFor={id} className="text-xs font-medium">
            Message
          </label>
          <textarea
            id={id}
            rows={3}
            maxLength={1600}
            value={text}
            aria-describedby={`${id}-count`}
            onChange={(event) => setText(event.target.value)}
            className="w-full rounded-lg border border-[var(--field-border)] bg-surface px-2.5 py-2"
          />
        </div>
      ) : (
        <>
          <p className="rounded-lg bg-surface-secondary px-3 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
            {template.text}
          </p>
          {template.variables.map((name) => (
            <Field
              key={name}
              label={name}
              maxLength={300}
              value={values[name] ?? ''}
              onChange={(event) => {
                const { value } = event.target
                setValues((before) => ({ ...before, [name]: value }))
              }}
            />
          ))}
        </>
      )}
      <div className="flex items-center justify-between gap-3">
        <p
          id={`${id}-count`}
          role="status"
          className={`tnum text-xs ${counting.tooLong ? 'text-tone-danger' : 'text-muted'}`}
        >
          {isEmpty
            ? 'Nothing yet'
            : `${counted(counting.characters, 'character')}, ${counted(counting.segments, 'segment')}, ${counting.encoding}`}
          {counting.tooLong ? ': too long' : ''}
          {template === undefined ? '' : ', before names are filled in'}
        </p>
        <Button size="sm" type="submit" variant="primary" isDisabled={send.isPending || isEmpty || counting.tooLong}>
          Send
        </Button>
      </div>
      <Refusal>{send.isError ? send.error.message : null}</Refusal>
    </form>
  )
}
