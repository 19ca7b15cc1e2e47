import { refuse, replayMessage, type RecordedEvent, type Refusal } from '@leadlog/contracts'
import { defineCommandHandler, type CommandHandler } from '../command/command-handler.ts'
import { attempt, refuseOff, type Attempt, type OperatorHost } from './run-again.ts'

/** A replay stands behind what happens now: it is never a message's first attempt. */
const ATTEMPT = 2

/**
 * Gives a handler a message that it had before. Ids derive from the message, so what was recorded is found and not
 * repeated, and effects keep their keys; only effects that the operator names are made once more, under keys of this
 * command. A failure is told to the operator and leaves nothing behind: the message was handled before.
 */
export function replayHandler(host: OperatorHost): CommandHandler<unknown> {
  const { service, log } = host
  return defineCommandHandler({
    command: replayMessage(service),
    emits: [],
    handle: async (asked, _deps: unknown, context): Promise<Attempt | Refusal> => {
      const { handler, stream, sequence, repeatEffects } = asked
      const found = host.findHandler(handler)
      if (!found || found.stream !== stream || found.takes.size === 0) {
        return refuse('OPS_HANDLER_UNKNOWN', `Service ${service} has no handler ${handler} that reads ${stream}`)
      }
      if (found.pausedBy !== null) return refuseOff(`${service}/${handler}`, found.pausedBy)
      const unknown = repeatEffects.find((name) => !found.repeatable.includes(name))
      if (unknown !== undefined) {
        const known = found.repeatable.length === 0 ? 'none' : found.repeatable.join(', ')
        return refuse('OPS_EFFECT_UNKNOWN', `${service}/${handler} cannot repeat "${unknown}". It can repeat: ${known}`)
      }
      const repeats = new Set(repeatEffects)
      // Without a token the steps are those of the first handling, and what they recorded is found.
      const attemptToken = repeats.size === 0 ? '' : context.commandId
      const run = async (message: RecordedEvent, delivery: Parameters<typeof found.run>[1]) => {
        if (!found.takes.has(withoutVersion(message.type))) return notTaken(`${service}/${handler}`, message)
        return found.run(message, delivery, { attemptToken, repeats })
      }
      return attempt({ service, handler, log, stream, sequence }, context, {
        ifGone: 'Begin later',
        run: (message, delivery) => run(message, { ...delivery, attempt: ATTEMPT })
      })
    }
  })
}

/** An event's type in all its versions. */
export function withoutVersion(type: string): string {
  return type.replace(/\.v\d+$/, '')
}

function notTaken(handler: string, { stream, sequence, type }: RecordedEvent): Refusal {
  return refuse('OPS_MESSAGE_NOT_TAKEN', `${handler} does not take message ${sequence} of ${stream}, a ${type}`)
}
