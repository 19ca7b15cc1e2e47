import { execFileSync } from 'node:child_process'
import { t } from 'tap'
import { bashScript } from '../completion/bash.ts'
import { completionFacts } from '../completion/completion-facts.ts'
import { flag, oneOf } from '../declaration/option.ts'
import { defineVerb, type VerbEntry } from '../declaration/verb.ts'
import { runInTest } from '../fixtures/run-in-test.ts'

const verb = defineVerb({
  options: { all: flag('all of it'), format: oneOf('how', ['text', 'mermaid']) },
  examples: [],
  run: async () => undefined
})
const load = async () => ({ verb })
const verbs: readonly VerbEntry[] = [
  { name: 'events tail', summary: "follows what's new", load },
  { name: 'events show', summary: 'shows one', load },
  { name: 'status', summary: 'says how it is', load }
]

/** What bash would offer behind these words. */
async function offered(...words: string[]): Promise<string[]> {
  const script = bashScript(await completionFacts(verbs))
  const ask = `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${String(words.length - 1)}; _leadlog; echo "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).trim().split(/\s+/)
}

void t.test('bash offers verbs, subverbs, options and their values', async (t) => {
  t.strictSame(await offered('leadlog', ''), ['events', 'status'])
  t.strictSame(await offered('leadlog', 's'), ['status'])
  t.strictSame(await offered('leadlog', 'events', ''), ['tail', 'show'])
  t.strictSame(await offered('leadlog', 'events', 'tail', '--a'), ['--all'])
  t.strictSame(await offered('leadlog', 'events', 'tail', '--format', 'm'), ['mermaid'])
  t.strictSame(await offered('leadlog', 'events', 'tail', 'some-id', '--j'), ['--json'])
})

void t.test('each shell gets a script; another one is an error', async (t) => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const run = await runInTest(['completion', shell])
    t.equal(run.exitCode, 0)
    t.match(run.stdout, 'completion')
  }
  execFileSync('bash', ['-n'], { input: (await runInTest(['completion', 'bash'])).stdout })
  const other = await runInTest(['completion', 'tcsh'])
  t.strictSame([other.exitCode, other.stdout], [2, ''])
})
