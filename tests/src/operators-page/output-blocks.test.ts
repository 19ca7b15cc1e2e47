import t from 'tap'
import { commandsOf, fillBlocks } from './output-blocks.ts'

const page = [
  '# Page',
  '',
  '<!-- output',
  'leadlog status | 2 1',
  'leadlog trace {id}',
  '-->',
  'old',
  '<!-- /output -->',
  'end'
].join('\n')

void t.test(
  'every command is run in the order of the page and its output takes the place of the one before',
  async (t) => {
    t.same(commandsOf(page), [
      { line: 'leadlog status', shown: { first: 2, last: 1 } },
      { line: 'leadlog trace {id}', shown: undefined }
    ])
    const filled = await fillBlocks(page, async ({ line }) => ({
      line: line.replace('{id}', '17'),
      output: line.includes('status') ? '1\n2\n3  \n4\n5\n' : 'one line\n'
    }))
    t.match(filled, '$ leadlog status\n1\n2\n…\n5\n$ leadlog trace 17\none line\n```')
    t.notMatch(filled, 'old')
    t.match(filled, '<!-- output\nleadlog status | 2 1\nleadlog trace {id}\n-->')
    t.ok(filled.startsWith('# Page') && filled.endsWith('end'))
    const again = await fillBlocks(filled, async ({ line }) => ({ line, output: 'new' }))
    t.same(commandsOf(again), commandsOf(page), 'it can be filled again')
    t.notMatch(again, 'one line')
  }
)
