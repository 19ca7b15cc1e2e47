import type { FastifyReply, FastifyRequest } from 'fastify'
import type {} from '@fastify/cookie'

/** `session`: signed in. `half`: the link was good, the code is missing. `browser`: asked for a link. */
export type CookieName = 'session' | 'half' | 'browser'

/** The cookies of a browser: out of reach of scripts, never sent along by forms of other sites. */
export interface Cookies {
  read(request: FastifyRequest, name: CookieName): string | undefined
  set(reply: FastifyReply, name: CookieName, value: string, maxAgeMs: number): void
  clear(reply: FastifyReply, name: CookieName): void
}

/** Longest value of ours. */
const VALUE_FORM = /^[A-Za-z0-9_-]{1,128}$/

/**
 * Where people come by https the names begin with `__Host-`: a browser takes such a cookie only over https, from this
 * host and for all of it, so that nobody can plant one from a neighbouring host.
 */
export function createCookies({ secure }: { readonly secure: boolean }): Cookies {
  const nameOf = (name: CookieName): string => `${secure ? '__Host-' : ''}leadlog-${name}`
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  return {
    read(request, name) {
      const value = request.cookies[nameOf(name)]
      return value !== undefined && VALUE_FORM.test(value) ? value : undefined
    },
    set: (reply, name, value, maxAgeMs) =>
      void reply.setCookie(nameOf(name), value, { ...options, maxAge: Math.floor(maxAgeMs / 1000) }),
    clear: (reply, name) => void reply.clearCookie(nameOf(name), options)
  }
}
