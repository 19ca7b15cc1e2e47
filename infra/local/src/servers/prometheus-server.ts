import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { spawnChild } from '../processes/child.ts'
import { findPrometheusProgram } from './acquire/prometheus-programs.ts'
import { freePort } from './ports.ts'
import type { LocalServer } from './server.ts'
import { supervise } from './supervise.ts'

export interface PrometheusOptions {
  dataDir: string
  /** Its configuration, `prometheus.yml`. */
  configFile: string
  logFile?: string
}

/** Starts Prometheus on a free port of 127.0.0.1. */
export async function startPrometheus(options: PrometheusOptions): Promise<LocalServer> {
  const program = await findPrometheusProgram('prometheus')
  const port = await freePort()
  const url = `http://127.0.0.1:${String(port)}`
  const logFile = options.logFile ?? path.join(options.dataDir, 'prometheus.log')
  mkdirSync(options.dataDir, { recursive: true })
  return supervise({
    name: 'Prometheus',
    url,
    port,
    logFile,
    launch: () =>
      spawnChild({
        command: program.command,
        args: [
          `--config.file=${options.configFile}`,
          `--storage.tsdb.path=${path.join(options.dataDir, 'data')}`,
          `--web.listen-address=127.0.0.1:${String(port)}`
        ],
        env: { ...process.env, ...program.env },
        logFile,
        stopSignal: 'SIGTERM',
        stage: 1
      }),
    probe: async () => {
      const answer = await fetch(`${url}/-/ready`)
      if (!answer.ok) throw new Error(`Prometheus answers ${String(answer.status)}`)
    }
  })
}
