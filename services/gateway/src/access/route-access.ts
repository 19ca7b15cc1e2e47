import { HttpProblem } from '@leadlog/service'
import type { Client } from '../auth/client.ts'

/**
 * What a route wants of who calls it. Every route below `/v1` says so in its `config`; one that does not is refused when
 * it is registered, so that the process does not start.
 *
 * - `open`: nothing; whoever is not known yet must be able to ask
 * - `client`: any key, token or session
 * - `session`: a person who is signed in
 * - `leads`: to read; what is answered depends on whose leads they are
 * - `recordings`: to hear what people said: somebody who is signed in, or a key that may read what is personal
 * - `operations`: to read everything
 * - `panel`: a person in the panel in Zoom, who in turn may nothing else
 * - `commands`: to ask services to do something
 * - `admin`: to decide who may what
 */
export type RouteAccess = (typeof ROUTE_ACCESS)[number]

export const ROUTE_ACCESS = [
  'open',
  'client',
  'session',
  'leads',
  'recordings',
  'operations',
  'panel',
  'commands',
  'admin'
] as const

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
  }
}

/** @throws HttpProblem 403 NOT_ALLOWED, SESSION_NEEDED or PANEL_ONLY */
export function requireAllowed(client: Client, access: RouteAccess): void {
  if (client.via === 'panel' && access !== 'panel' && access !== 'open')
    throw new HttpProblem(403, 'PANEL_ONLY', 'What the panel in Zoom was given is good for the panel only')
  switch (access) {
    case 'open':
    case 'client':
      return
    case 'session':
      if (client.session === null)
        throw new HttpProblem(403, 'SESSION_NEEDED', 'This is about a person who is signed in; a key has no sessions')
      return
    case 'leads':
      return requireThat(client.scopes.has('read'), 'read')
    case 'recordings':
      requireThat(client.scopes.has('read'), 'read')
      return requireThat(client.session !== null || client.scopes.has('personal'), 'listen to recordings')
    case 'operations':
      return requireThat(client.scopes.has('read') && client.reads.reads !== 'own', 'read everything')
    case 'panel':
      if (client.panel !== undefined) return
      throw new HttpProblem(403, 'PANEL_NEEDED', 'This is about a person in the panel in Zoom')
    case 'commands':
      if (client.scopes.has('command')) return
      throw new HttpProblem(403, 'COMMANDS_NOT_ALLOWED', 'You may only read')
    case 'admin':
      return requireThat(client.scopes.has('admin'), 'decide who may what')
  }
}

function requireThat(allowed: boolean, what: string): void {
  if (!allowed) throw new HttpProblem(403, 'NOT_ALLOWED', `You may not ${what}; an admin can change that`)
}
