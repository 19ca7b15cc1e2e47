import { readFileSync } from 'node:fs'
import path from 'node:path'
import { t } from 'tap'
import { runInTest } from './fixtures/run-in-test.ts'
import { verbs } from './verbs.ts'
import { kebab } from './declaration/parse-verb-args.ts'

void t.test('every verb loads, and says what a newcomer needs', async (t) => {
  t.equal(new Set(verbs.map(({ name }) => name)).size, verbs.length, 'no name twice')
  for (const { name, summary, load } of verbs) {
    const { verb } = await load()
    t.match(name, /^[a-z-]+( [a-z-]+){0,2}$/, name)
    t.match(summary, /^\S.*[^.]$/, `${name}: one line without a full stop`)
    t.ok(verb.examples.length > 0, `${name}: an example`)
    for (const [command] of verb.examples) {
      t.ok(command.includes(`leadlog ${name}`), `${name}: its example runs it: ${command}`)
    }
    for (const [key, spec] of Object.entries(verb.options ?? {})) {
      t.match(spec.description, /^\S.*[^.]$/, `${name} --${kebab(key)}: described, without a full stop`)
      t.notOk(['json', 'help', 'yes'].includes(key), `${name} --${kebab(key)}: not one of the common options`)
    }
    const help = await runInTest([...name.split(' '), '--help'])
    t.equal(help.exitCode, 0, `${name} --help`)
    t.match(help.stdout, `leadlog ${name}`)
  }
})

void t.test('no verb is hidden by a shorter one: its words would be taken for arguments', async (t) => {
  for (const { name } of verbs) {
    const shorter = verbs.find((other) => name.startsWith(`${other.name} `))
    t.equal(shorter, undefined, name)
  }
})

void t.test('docs/operators.md shows the output of every verb', async (t) => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../docs/operators.md'), 'utf8')
  const shown = [...page.matchAll(/^\$ (?:\w+=\S+ )*leadlog (.+)$/gm)].map(([, words = '']) => words)
  for (const { name } of verbs) {
    t.ok(
      shown.some((words) => words === name || words.startsWith(`${name} `)),
      `${name}: a block with its output; see the top of the page for how it is written`
    )
  }
  for (const words of shown) {
    t.ok(
      verbs.some(({ name }) => words === name || words.startsWith(`${name} `)),
      `leadlog ${words}: there is such a verb`
    )
  }
})
