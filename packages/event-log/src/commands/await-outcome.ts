import { rideThrough } from '../server/ride-through.ts'
import type { CommandContext } from './command-context.ts'
import { checkedId, replySubject, type CommandOutcome, type SentCommand } from './command-outcome.ts'
import { outcomeOf } from './settle-command.ts'

/** The command with that id; null for an unknown one, or one that the stream keeps no longer. */
export async function findCommand(context: CommandContext, id: string): Promise<SentCommand | null> {
  const { reader, codec, watch } = context
  const found = await rideThrough(watch, () => reader.lastMatching('COMMANDS', `cmd.*.*.${checkedId(id)}`))
  if (!found) return null
  const [, service = '', name = ''] = found.subject.split('.')
  return { id, service, name, message: await codec.decode(found) }
}

/** What became of the command so far; null while it is under way, and for an unknown one. */
export async function findOutcome(context: CommandContext, id: string): Promise<CommandOutcome | null> {
  const { reader, codec, watch } = context
  const found = await rideThrough(watch, () => reader.lastMatching('COMMANDS', `done.*.*.${checkedId(id)}`))
  return found ? outcomeOf(await codec.decode(found)) : null
}

/** See EventLog.awaitOutcome. */
export async function awaitOutcome(
  context: CommandContext,
  id: string,
  timeoutMs: number
): Promise<CommandOutcome | null> {
  const { connection, naming, watch } = context
  const bell = createBell()
  // Before the look, and on the same connection, so that the server listens by the time it answers it.
  const subscription = connection.subscribe(naming.subject(replySubject(id)), { callback: () => bell.ring() })
  // Words that came while the connection was away are lost.
  const unwatch = watch.onChange((online) => {
    if (online) bell.ring()
  })
  const deadline = performance.now() + timeoutMs
  try {
    for (;;) {
      const outcome = await findOutcome(context, id)
      const left = deadline - performance.now()
      if (outcome || left <= 0) return outcome
      await bell.within(left)
    }
  } finally {
    unwatch()
    subscription.unsubscribe()
  }
}

/** Remembers a ring until somebody listens. */
function createBell(): { ring(): void; within(ms: number): Promise<void> } {
  let rung = Promise.withResolvers<void>()
  return {
    ring: () => rung.resolve(),
    async within(ms) {
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(() => late.resolve(), ms)
      await Promise.race([rung.promise, late.promise])
      clearTimeout(timer)
      rung = Promise.withResolvers<void>()
    }
  }
}
