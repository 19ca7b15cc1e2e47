import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { HttpServer } from '@leadlog/service'

/** The version of the interface, not of the software: it rises with the path prefix. */
const API_VERSION = '1.0.0'

const TAGS = [
  { name: 'Inbox', description: 'Webhooks and how far they got' },
  { name: 'Leads', description: 'Leads, where each of their fields comes from, and their history' },
  { name: 'Meetings', description: 'Meetings through all their reschedules, with MEDDIC' },
  { name: 'CRM', description: 'What the CRM was to get, and its answers' },
  { name: 'Log', description: 'Events, their payload, causes and effects' },
  { name: 'Operations', description: 'Nothing lost: ledger, dead letters, read models' },
  { name: 'Commands', description: 'What services can be asked to do' },
  { name: 'Access', description: 'Signing in, sessions, users and keys' },
  { name: 'Live', description: 'Server-sent events' }
]

/** Documents the routes that are registered afterwards: `/openapi.json` (OpenAPI 3.1) and `/docs` (Swagger UI). */
export async function documentApi(app: HttpServer, publicUrl: string | undefined): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Leadlog',
        version: API_VERSION,
        description:
          'Reads and commands of Leadlog. JSON in camelCase; lists come as `{data, nextCursor}`; errors are RFC 9457 problems ' +
          'with a stable `code`. Answers carry an ETag; `?after=<sequence>` reads your own writes.'
      },
      tags: TAGS,
      ...(publicUrl === undefined ? {} : { servers: [{ url: publicUrl }] }),
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }]
    }
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', persistAuthorization: true },
    staticCSP: true,
    // Behind plain HTTP the page could not load its own parts otherwise.
    transformStaticCSP: (policy) => policy.replace(/upgrade-insecure-requests;?/, '')
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
