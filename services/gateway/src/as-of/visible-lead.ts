import type { FastifyRequest } from 'fastify'
import { findLead } from '../leads/leads.queries.ts'
import { found } from '../query/answers.ts'
import type { ReadContext } from '../read-context.ts'

/**
 * The past is folded from the log, where Postgres decides nothing: who reads only their own must own the lead now.
 *
 * @throws HttpProblem 404 LEAD_UNKNOWN
 */
export async function requireVisible(
  reads: ReadContext['reads'],
  request: Pick<FastifyRequest, 'client'>,
  id: string
): Promise<void> {
  if (request.client !== null && request.client.reads.reads !== 'own') return
  found(await reads(request, (db) => findLead(db, id)), 'LEAD_UNKNOWN', `lead ${id}`)
}
