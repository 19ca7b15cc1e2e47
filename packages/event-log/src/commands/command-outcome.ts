import type { CommandDefinition, CommandSettled, DataOf, RecordedEvent } from '@leadlog/contracts'

/** What became of a command, and when. */
export type CommandOutcome = DataOf<typeof CommandSettled> & { readonly settledAt: string }

/** A command as it was sent. */
export interface SentCommand {
  readonly id: string
  readonly service: string
  readonly name: string
  /** The message in COMMANDS, its data opened. */
  readonly message: RecordedEvent
}

/** Where a command's message stands. */
export function commandSubject({ service, name }: Pick<CommandDefinition, 'service' | 'name'>, id: string): string {
  return `cmd.${service}.${name}.${checkedId(id)}`
}

/** Where its outcome stands, for as long as the command. */
export function outcomeSubject({ service, name }: { service: string; name: string }, id: string): string {
  return `done.${service}.${name}.${checkedId(id)}`
}

/** Where whoever waits is told. */
export function replySubject(id: string): string {
  return `reply.${checkedId(id)}`
}

const ID_FORM = /^[A-Za-z0-9_-]{1,64}$/

/** @throws TypeError for what cannot be part of a subject */
export function checkedId(id: string): string {
  if (!ID_FORM.test(id)) throw new TypeError(`"${id}" cannot be a command's id: use letters, digits, - and _ only`)
  return id
}
