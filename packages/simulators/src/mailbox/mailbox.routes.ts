import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { MailboxStore } from './mailbox-store.ts'

/** The mail that was sent, for tests and for whoever looks. */
export const mailboxRoutes =
  (store: MailboxStore): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/mails',
      { schema: { querystring: Type.Object({ to: Type.Optional(Type.String()) }) } },
      async ({ query }) => ({ data: store.list(query.to) })
    )
    app.delete('/mails', async () => {
      store.clear()
      return { ok: true }
    })
  }
