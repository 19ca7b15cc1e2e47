import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { doingOf } from '../access/doing-of.ts'
import { sessionOf } from '../sessions/me.routes.ts'
import { askingOf } from '../sign-in/sign-in.routes.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import type { User } from '../users/user.ts'
import type { UserBook } from '../users/user-book.ts'
import type { SecondFactors } from './second-factors.ts'

const Code = Type.Object({ code: Type.String({ minLength: 6, maxLength: 20 }) }, { additionalProperties: false })
const PROBLEMS = problemResponses(400, 401, 403, 409, 429, 500, 503)

/** A code beside the link: prepared, confirmed by a first code, taken back with one. */
export function secondFactorRoutes(
  app: HttpServer,
  { secondFactors, users, signIn }: { secondFactors: SecondFactors; users: UserBook; signIn: SignIn }
): void {
  const userOfSession = async (userId: string): Promise<User> => {
    const user = await users.find(userId)
    if (user === null) throw new HttpProblem(401, 'API_KEY_MISSING', 'Sign in anew')
    return user
  }

  app.post(
    '/me/second-factor',
    {
      config: { access: 'session' },
      schema: {
        tags: ['Access'],
        summary: 'A secret for your authenticator app; asked for only after a code confirms it',
        response: {
          200: Type.Object({ secret: Type.String(), uri: Type.String({ description: 'otpauth://, for a QR code' }) }),
          ...PROBLEMS
        }
      }
    },
    async (request, reply) => {
      const user = await userOfSession(sessionOf(request).user.id)
      return reply.header('cache-control', 'no-store').send(await secondFactors.prepare(user))
    }
  )

  app.post(
    '/me/second-factor/confirm',
    {
      config: { access: 'session' },
      schema: {
        tags: ['Access'],
        summary: 'Switches the second factor on; the recovery codes are in this answer and nowhere again',
        body: Code,
        response: { 200: Type.Object({ recoveryCodes: Type.Array(Type.String()) }), ...PROBLEMS }
      }
    },
    async (request, reply) => {
      const user = await userOfSession(sessionOf(request).user.id)
      await signIn.countGuess(user.id, askingOf(request))
      const { sealedSecret, step, codes, digests } = await secondFactors.confirm(user, request.body.code)
      const command = { do: 'enable-second-factor', sealedSecret, recoveryCodes: digests, step } as const
      await users.run(user.id, command, doingOf(request))
      return reply.header('cache-control', 'no-store').send({ recoveryCodes: codes })
    }
  )

  app.post(
    '/me/second-factor/disable',
    {
      config: { access: 'session' },
      schema: {
        tags: ['Access'],
        summary: 'Switches the second factor off, with a code or a recovery code',
        body: Code,
        response: { 204: Type.Null(), ...PROBLEMS }
      }
    },
    async (request, reply) => {
      const user = await userOfSession(sessionOf(request).user.id)
      await signIn.countGuess(user.id, askingOf(request))
      const proof = await secondFactors.check(user, request.body.code)
      if (proof === null) throw new HttpProblem(401, 'CODE_WRONG', 'The code is wrong')
      await users.run(user.id, { do: 'disable-second-factor', proof }, doingOf(request))
      return reply.code(204).send(null)
    }
  )
}
