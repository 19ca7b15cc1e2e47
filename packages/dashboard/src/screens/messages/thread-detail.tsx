import { Button } from '@heroui/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { toast } from 'sonner'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { sendCommand } from '../../api/send-command.ts'
import { useMe } from '../../api/session.ts'
import { Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Look } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { may } from '../../words/access.ts'
import { counted } from '../../words/format.ts'
import { mayCancel, messageLook, threadName, whyNotSent } from '../../words/messages.ts'
import { reasonWords } from '../../words/suppressions.ts'
import { WriteMessage } from './write-message.tsx'

type Message = AnswerOf<'/v1/sms-threads/{id}/messages'>['data'][number]

/** As many of the newest messages as a person reads through. */
const SHOWN = 100

/** The messages with one number: how far each is, why one did not go, and a new one. */
export default function ThreadDetail() {
  const { id = '' } = useParams({ strict: false })
  const mayWrite = may(useMe(), 'commands')
  const found = useQuery(readOfOne('/v1/sms-threads/{id}', id, { expand: 'lead' }))
  const messages = useQuery(readOfOne('/v1/sms-threads/{id}/messages', id, { sort: '-at', limit: SHOWN }))
  return (
    <DetailPanel
      title={found.data === undefined ? 'Messages' : threadName(found.data)}
      kicker="Messages"
      back="/messages"
    >
      <Loaded read={found}>
        {(thread) => (
          <>
            <p className="text-muted">
              {thread.number ?? 'An erased number'} with {thread.ours}
              {thread.leadId === null ? null : (
                <>
                  ,{' '}
                  <Link to="/leads/$id" params={{ id: thread.leadId }} className="text-link hover:underline">
                    the lead
                  </Link>
                </>
              )}
              .
            </p>
            {thread.suppressed === null ? null : (
              <p role="status" className="rounded-lg bg-tone-warning-soft px-4 py-3 text-tone-warning">
                <strong className="font-medium">{reasonWords(thread.suppressed.reason)}</strong> since{' '}
                <Time at={thread.suppressed.since} />. Nothing is sent to this number.{' '}
                <Link to="/suppressions/$id" params={{ id: thread.suppressed.suppressionId }} className="underline">
                  Why
                </Link>
              </p>
            )}
            <Section title="Messages, oldest first">
              <Loaded read={messages}>
                {({ data, nextCursor }) => (
                  <>
                    {nextCursor === null ? null : (
                      <p className="mb-2 text-xs text-muted">Older ones are not shown here.</p>
                    )}
                    <ol className="flex flex-col gap-3">
                      {data.toReversed().map((message) => (
                        <MessageItem key={message.id} message={message} mayWrite={mayWrite} />
                      ))}
                    </ol>
                  </>
                )}
              </Loaded>
            </Section>
            {mayWrite && thread.suppressed === null && thread.number !== null ? (
              <WriteMessage to={thread.number} from={thread.ours} leadId={thread.leadId} />
            ) : null}
          </>
        )}
      </Loaded>
    </DetailPanel>
  )
}

function MessageItem({ message, mayWrite }: { message: Message; mayWrite: boolean }) {
  const queries = useQueryClient()
  const isOurs = message.direction === 'out'
  const why = whyNotSent(message)
  const cancel = useMutation({
    mutationFn: () => sendCommand('telephony', 'CancelSms', { messageId: message.id }, crypto.randomUUID()),
    onSuccess: () => toast.success('The message is not sent'),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/sms-threads/{id}/messages'] })
  })
  const last = message.events.at(-1)
  return (
    <li className={`flex max-w-[88%] flex-col gap-1 ${isOurs ? 'self-end' : 'self-start'}`}>
      <p
        className={`rounded-lg px-3 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap ${isOurs ? 'bg-tone-info-soft text-tone-info' : 'bg-default'}`}
      >
        {message.text ?? 'Erased'}
        {message.media.length === 0 ? '' : ` (${counted(message.media.length, 'attachment')})`}
      </p>
      <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
        {isOurs ? <Look look={messageLook(message.status)} /> : null}
        <Time at={message.at} />
        {message.status === 'held' && message.heldUntil !== null ? (
          <span>
            goes <Time at={message.heldUntil} />
          </span>
        ) : null}
        {message.segments === null ? null : <span>{counted(message.segments, 'segment')}</span>}
        {message.template === null ? null : <span>template {message.template.templateId}</span>}
        {last === undefined ? null : (
          <EventLink id={last.id} className="text-link hover:underline">
            Proof
          </EventLink>
        )}
        {mayWrite && mayCancel(message) ? (
          <Button
            size="sm"
            variant="secondary"
            className="h-6"
            isDisabled={cancel.isPending}
            onPress={() => cancel.mutate()}
          >
            Cancel
          </Button>
        ) : null}
      </p>
      {why === null ? null : <p className="text-xs [overflow-wrap:anywhere] text-tone-danger">{why}</p>}
    </li>
  )
}
