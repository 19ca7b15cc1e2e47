import type { HttpServer } from '@leadlog/service'

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Leadlog</title>
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { max-width: 40rem; margin: 4rem auto; padding: 0 1.25rem }
h1 { font-size: 1.75rem; margin: 0 0 .25rem }
code { font-size: .9em }
li { margin: .35rem 0 }
</style>
</head>
<body>
<h1>Leadlog</h1>
<p>The event-sourced backbone of a sales operation. This is its gateway: it answers questions about what was received
and what became of it.</p>
<ul>
<li><a href="/sign-in">Sign in</a></li>
<li><a href="/docs">The API, to read and to try</a></li>
<li><a href="/openapi.json">The same as an OpenAPI 3.1 document</a></li>
<li><a href="/status">How the system is</a>, for anybody</li>
<li><a href="/readyz">Whether every part answers</a> · <a href="/metrics">metrics</a></li>
</ul>
<p>Everything under <code>/v1</code> wants a session or an API key: <code>Authorization: Bearer &lt;key&gt;</code>. Begin with
<code>/v1/received-events</code>, <code>/v1/leads</code>, <code>/v1/ledger</code>; <code>/v1/stream</code> tells you what
changes.</p>
<p>The dashboard is not served here: <code>DASHBOARD_DIR</code> names no folder with it.</p>
</body>
</html>
`

/** Only the page's own style may apply; nothing may be loaded or run. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

/** Says what this is and where to go on. */
export function landingRoutes(app: HttpServer): void {
  app.get('/', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('content-security-policy', PAGE_POLICY).type('text/html; charset=utf-8').send(PAGE)
  )
}
