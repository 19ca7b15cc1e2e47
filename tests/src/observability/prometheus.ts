import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPrometheus } from '@leadlog/local/servers'

/** A result of a query: how many series it gave, or what Prometheus says against it. */
export type QueryResult = { readonly series: number } | { readonly problem: string }

/** A Prometheus that scrapes the system. */
export interface RunningPrometheus {
  query(expr: string): Promise<QueryResult>
  stop(): Promise<void>
}

/** Starts Prometheus with the rules of the repository against the given processes. */
export async function watchWithPrometheus(urls: readonly string[], rules: string): Promise<RunningPrometheus> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-prometheus-'))
  const configFile = path.join(folder, 'prometheus.yml')
  const targets = urls.map((url) => new URL(url).host)
  writeFileSync(
    configFile,
    JSON.stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [rules],
      scrape_configs: [{ job_name: 'leadlog', static_configs: [{ targets }] }]
    })
  )
  const server = await startPrometheus({ dataDir: folder, configFile })
  return {
    async query(expr) {
      const answer = await fetch(`${server.url}/api/v1/query?${new URLSearchParams({ query: expr }).toString()}`)
      const body = (await answer.json()) as { status: string; error?: string; data?: { result: unknown[] } }
      if (body.status !== 'success') return { problem: body.error ?? `HTTP ${answer.status}` }
      return { series: body.data?.result.length ?? 0 }
    },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}
