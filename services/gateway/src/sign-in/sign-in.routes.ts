import { Nullable, OneOf } from '@leadlog/contracts'
import { problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type {} from '../access/route-access.ts'
import { newSecret } from '../access/secret.ts'
import type { Cookies } from '../sessions/cookies.ts'
import { deviceOf } from '../sessions/device.ts'
import { SESSION_TTL_MS } from '../sessions/sessions.ts'
import { SignedInUser, signedInUserOf } from '../users/user.schema.ts'
import { HALF_TTL_MS, LINK_TTL_MS, type Asking, type SignIn, type SignInStep } from './sign-in.ts'

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })
const Secret = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  description: 'what stands behind the # of the mailed link'
})
const Code = Type.String({ minLength: 6, maxLength: 20, description: 'six digits of the app, or a recovery code' })
const strict = { additionalProperties: false } as const

const Step = Type.Object({
  state: OneOf('signed-in', 'code-needed'),
  user: Nullable(SignedInUser)
})

const PROBLEMS = problemResponses(400, 401, 403, 429, 500, 503)

/** Signing in: ask for a link, confirm it, prove the second factor. All of it only from pages of ours. */
export function signInRoutes(app: HttpServer, { signIn, cookies }: { signIn: SignIn; cookies: Cookies }): void {
  app.post(
    '/sign-in',
    {
      config: { access: 'open' },
      schema: {
        tags: ['Access'],
        summary: 'Mails a link to sign in with; the same answer whether or not the address is known',
        body: Type.Object({ email: Email }, strict),
        response: {
          202: Type.Object({ minutes: Type.Integer({ description: 'how long the link is good' }) }),
          ...PROBLEMS
        }
      }
    },
    async (request, reply) => {
      const browser = cookies.read(request, 'browser') ?? newSecret()
      await signIn.request(request.body.email, browser, askingOf(request))
      cookies.set(reply, 'browser', browser, LINK_TTL_MS)
      return reply.code(202).send({ minutes: LINK_TTL_MS / 60_000 })
    }
  )

  app.post(
    '/sign-in/confirm',
    {
      config: { access: 'open' },
      schema: {
        tags: ['Access'],
        summary: 'Uses up a mailed link, in the browser that asked for it',
        body: Type.Object({ link: Secret }, strict),
        response: { 200: Step, ...PROBLEMS }
      }
    },
    async (request, reply) => {
      const step = await signIn.confirm(request.body.link, cookies.read(request, 'browser'), askingOf(request))
      if (step.state === 'code-needed') cookies.set(reply, 'half', step.half, HALF_TTL_MS)
      else cookies.set(reply, 'session', step.secret, SESSION_TTL_MS)
      cookies.clear(reply, 'browser')
      return reply.header('cache-control', 'no-store').send(answerOf(step))
    }
  )

  app.post(
    '/sign-in/code',
    {
      config: { access: 'open' },
      schema: {
        tags: ['Access'],
        summary: 'Proves the second factor after the link',
        body: Type.Object({ code: Code }, strict),
        response: { 200: Step, ...PROBLEMS }
      }
    },
    async (request, reply) => {
      const step = await signIn.prove(cookies.read(request, 'half'), request.body.code, askingOf(request))
      cookies.set(reply, 'session', step.secret, SESSION_TTL_MS)
      cookies.clear(reply, 'half')
      return reply.header('cache-control', 'no-store').send(answerOf(step))
    }
  )
}

/** Where the request comes from. */
export function askingOf(request: FastifyRequest): Asking {
  return {
    origin: { address: request.ip, device: deviceOf(request.headers['user-agent']) },
    requestId: request.id
  }
}

function answerOf(step: SignInStep) {
  return { state: step.state, user: step.state === 'signed-in' ? signedInUserOf(step.user) : null }
}
