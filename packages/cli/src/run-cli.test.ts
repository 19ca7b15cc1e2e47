import { t } from 'tap'
import { flag, list, number, oneOf } from './declaration/option.ts'
import { argument, defineVerb, type VerbEntry } from './declaration/verb.ts'
import { CliError } from './errors.ts'
import { runInTest } from './fixtures/run-in-test.ts'

const echo = defineVerb({
  arguments: { what: argument('what is said') },
  options: {
    loud: flag('in capitals', { short: 'l' }),
    times: number('how often', { min: 1, max: 3, default: 1 }),
    kind: oneOf('which way', ['plain', 'fancy']),
    onlyTypes: list('some types')
  },
  dangerous: true,
  examples: [['leadlog say it hello', 'says hello']],
  async run(context, args) {
    if (args.what === 'missing') throw new CliError('CLI_NOT_FOUND', 'There is nothing of that name', 3)
    if (args.what === 'broken') throw new TypeError('a bug')
    if (args.what === 'ask') await context.confirm('Really?')
    if (args.what === 'check') return { value: { ok: false }, text: () => 'not well', exitCode: 1 }
    return { value: args, text: () => (args.loud ? args.what.toUpperCase() : args.what).repeat(args.times) }
  }
})

const verbs: readonly VerbEntry[] = [
  { name: 'say it', summary: 'says it', load: async () => ({ verb: echo }) },
  { name: 'say nothing', summary: 'says nothing', load: async () => ({ verb: echo }) }
]

void t.test('a verb gets its options and arguments, by their names and types', async (t) => {
  const run = await runInTest(['say', 'it', 'hello', '-l', '--times', '2', '--only-types', 'a,b', '--only-types=c'], {
    verbs
  })
  t.strictSame([run.exitCode, run.stdout, run.stderr], [0, 'HELLOHELLO\n', ''])
  const json = await runInTest(['say', 'it', 'hello', '--json', '--only-types', 'a,b'], { verbs })
  t.strictSame(json.json(), { loud: false, times: 1, kind: 'plain', onlyTypes: ['a', 'b'], what: 'hello' })
})

void t.test('what is wrong with a command line is said in one sentence, with exit code 2', async (t) => {
  const cases: [string[], string][] = [
    [['say', 'it'], 'say it needs <what>: what is said. See: leadlog say it --help'],
    [['say', 'it', 'a', 'b'], 'say it does not know what to do with "b". See: leadlog say it --help'],
    [['say', 'it', 'a', '--lod'], 'say it has no option --lod; perhaps you meant --loud. See: leadlog say it --help'],
    [['say', 'it', 'a', '--times', '9'], '--times: must be a whole number from 1 to 3, not "9"'],
    [['say', 'it', 'a', '--kind', 'odd'], '--kind: must be one of plain, fancy, not "odd"'],
    [['say', 'ut'], 'There is no verb "say ut"; perhaps you meant "leadlog say it". See: leadlog say --help'],
    [['sqwrk'], 'There is no verb "sqwrk". See: leadlog help']
  ]
  for (const [args, sentence] of cases) {
    const run = await runInTest(args, { verbs })
    t.strictSame([run.exitCode, run.stdout, run.stderr], [2, '', `leadlog: ${sentence} (CLI_USAGE)\n`], args.join(' '))
  }
})

void t.test('an error carries its code and its exit code, as JSON too', async (t) => {
  const run = await runInTest(['say', 'it', 'missing'], { verbs })
  t.strictSame([run.exitCode, run.stderr], [3, 'leadlog: There is nothing of that name (CLI_NOT_FOUND)\n'])
  const json = await runInTest(['say', 'it', 'missing', '--json'], { verbs })
  t.strictSame(JSON.parse(json.stderr), {
    error: { code: 'CLI_NOT_FOUND', message: 'There is nothing of that name', exitCode: 3 }
  })
  const bug = await runInTest(['say', 'it', 'broken'], { verbs })
  t.equal(bug.exitCode, 1)
  t.match(
    bug.stderr,
    /a bug \(CLI_UNEXPECTED\)\nTypeError: a bug\n\s+at /,
    'what was not foreseen shows where it happened'
  )
})

void t.test('a check that found something ends with 1 and still gives its answer', async (t) => {
  const run = await runInTest(['say', 'it', 'check'], { verbs })
  t.strictSame([run.exitCode, run.stdout, run.stderr], [1, 'not well\n', ''])
})

void t.test('a dangerous verb asks on a terminal, takes --yes, and refuses otherwise', async (t) => {
  t.equal((await runInTest(['say', 'it', 'ask', '--yes'], { verbs })).exitCode, 0)
  t.equal((await runInTest(['say', 'it', 'ask'], { verbs, typed: 'y\n' })).exitCode, 0)
  t.equal((await runInTest(['say', 'it', 'ask'], { verbs, typed: 'n\n' })).exitCode, 4)
  t.equal((await runInTest(['say', 'it', 'ask'], { verbs, typed: '\n' })).exitCode, 4)
  const program = await runInTest(['say', 'it', 'ask'], { verbs })
  t.strictSame([program.exitCode, program.stdout], [4, ''])
  t.match(program.stderr, /say --yes .* \(CLI_NOT_CONFIRMED\)/)
})

void t.test('without a verb the overview is shown, and a group shows its verbs', async (t) => {
  const bare = await runInTest([], { verbs })
  t.equal(bare.exitCode, 2)
  t.match(bare.stdout, /say it\s+says it/)
  t.equal((await runInTest(['--help'], { verbs })).stdout, bare.stdout)
  const group = await runInTest(['say'], { verbs })
  t.equal(group.exitCode, 0)
  t.match(group.stdout, /say nothing\s+says nothing/)
  t.match((await runInTest(['--version'], { verbs })).stdout, /^leadlog \d+\.\d+\.\d+\n$/)
})

void t.test('the help of a verb shows how it is called', async (t) => {
  const { stdout, exitCode } = await runInTest(['say', 'it', '--help'], { verbs })
  t.equal(exitCode, 0)
  t.match(stdout, /usage\n {2}leadlog say it \[options\] <what>/)
  t.match(stdout, /-l, --loud\s+in capitals/)
  t.match(stdout, /--only-types <text>\s+some types/)
  t.match(stdout, /-y, --yes\s+go ahead without asking/)
})
