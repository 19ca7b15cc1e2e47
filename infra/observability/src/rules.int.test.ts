import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { findPrometheusProgram, type PrometheusProgram } from '@leadlog/local/servers'
import t from 'tap'

const FOLDER = path.join(import.meta.dirname, '..')

/** Runs a tool of Prometheus in the folder of its files; gives what it printed, also when it fails. */
async function run(name: PrometheusProgram, ...args: string[]): Promise<{ ok: boolean; output: string }> {
  const { command, env } = await findPrometheusProgram(name)
  return promisify(execFile)(command, args, { cwd: FOLDER, env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ ok: true, output: stdout + stderr }),
    (error: { stdout?: string; stderr?: string; message: string }) => ({
      ok: false,
      output: `${error.stdout ?? ''}${error.stderr ?? ''}` || error.message
    })
  )
}

void t.test('Prometheus takes the rules and its configuration', async (t) => {
  const rules = await run('promtool', 'check', 'rules', 'alerts.yml')
  t.ok(rules.ok, rules.output)
  t.match(rules.output, /SUCCESS: \d+ rules found/)
  const config = await run('promtool', 'check', 'config', 'prometheus.yml')
  t.ok(config.ok, config.output)
})

void t.test('the rules fire when they should, and not before', async (t) => {
  const { ok, output } = await run('promtool', 'test', 'rules', 'alerts.test.yml')
  t.ok(ok, output)
})

void t.test('Alertmanager takes its configuration', async (t) => {
  const { ok, output } = await run('amtool', 'check-config', 'alertmanager.yml')
  t.ok(ok, output)
  t.match(output, /2 receivers/)
  const route = async (severity: string): Promise<string | undefined> => {
    const args = ['config', 'routes', 'test', '--config.file=alertmanager.yml', `severity=${severity}`]
    return (await run('amtool', ...args)).output.split('\n')[0]
  }
  t.equal(await route('page'), 'page')
  t.equal(await route('warn'), 'watch')
})
