import { HttpProblem } from '@leadlog/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from '../auth/client.ts'
import { idempotencyKeyOf } from '../commands/idempotency-key.ts'
import type { UserBook } from '../users/user-book.ts'
import type { StartedWork, WorkBook, WorkOrder } from './work-book.ts'
import type { ProgressBoard } from './work-progress.ts'
import type { WorkRunner } from './work-runner.ts'

/** Where operators start things and look how they stand. */
export interface WorkDesk {
  readonly book: WorkBook
  readonly board: ProgressBoard
  readonly runner: Pick<WorkRunner, 'start' | 'wake' | 'stop'>
}

/**
 * Records the order of whoever makes the request, once per Idempotency-Key, and has it begun.
 *
 * @returns what the route answers with 202
 * @throws HttpProblem 400 without a key, 403 for a key that may not send commands to every service, 422 for a key used before
 */
export async function startWork(
  desk: WorkDesk,
  request: Pick<FastifyRequest, 'client' | 'headers'>,
  reply: Pick<FastifyReply, 'header' | 'code'>,
  order: WorkOrder & { readonly path: string }
): Promise<Pick<StartedWork, 'id' | 'after'>> {
  const { path, ...wanted } = order
  const { actor } = operatorOf(request)
  const key = idempotencyKeyOf(request.headers['idempotency-key'])
  const { id, after, repeated } = await desk.book.start(wanted, { actor, key })
  desk.runner.wake(id)
  if (repeated) void reply.header('idempotency-replayed', 'true')
  void reply.code(202).header('location', `${path}/${id}`).header('retry-after', '1')
  return { id, after }
}

/** @throws HttpProblem 403 COMMANDS_NOT_ALLOWED: what operators start reaches into every service */
export function operatorOf({ client }: Pick<FastifyRequest, 'client'>): Client {
  if (client?.commandServices === 'all' && client.scopes.has('read') && client.reads.reads !== 'own') return client
  const detail = 'This reaches into every service: it needs a manager, an admin, or a key with read and command:*'
  throw new HttpProblem(403, 'COMMANDS_NOT_ALLOWED', detail)
}

/** Whom the actors of events are, in words; each is looked up once. */
export async function namesOf(
  users: Pick<UserBook, 'find'>,
  actors: readonly (string | null)[]
): Promise<(actor: string) => string> {
  const names = new Map<string, string>()
  for (const actor of new Set(actors)) {
    if (actor === null) continue
    const [kind, id = ''] = actor.split(/:(.*)/s)
    const user = kind === 'user' ? await users.find(id) : null
    names.set(actor, user === null ? (kind === 'api-key' ? `API key ${id}` : actor) : (user.name ?? user.email))
  }
  return (actor) => names.get(actor) ?? actor
}
