/** One command of a block of the page, with how much of its output is shown. */
export interface ShownCommand {
  /** As the page shows it, with `{names}` of what one system has and another has not. */
  readonly line: string
  /** Lines from the beginning and from the end; all where it is undefined. */
  readonly shown: { readonly first: number; readonly last: number } | undefined
}

/** Nobody reads on beyond that. */
const LONGEST_LINE = 180

const BLOCK = /<!-- output\n([\s\S]*?)-->\n[\s\S]*?<!-- \/output -->/g

/** The commands of every block of the page, in its order. */
export function commandsOf(page: string): ShownCommand[] {
  return [...page.matchAll(BLOCK)].flatMap(([, lines = '']) => parse(lines))
}

/**
 * The page with every block filled anew, one after another.
 *
 * @param run gives what a command printed
 */
export async function fillBlocks(
  page: string,
  run: (command: ShownCommand) => Promise<{ readonly line: string; readonly output: string }>
): Promise<string> {
  const parts: string[] = []
  let end = 0
  for (const block of page.matchAll(BLOCK)) {
    const outputs: string[] = []
    for (const command of parse(block[1] ?? '')) {
      const { line, output } = await run(command)
      outputs.push([`$ ${line}`, ...shortened(output, command)].join('\n'))
    }
    const filled = `<!-- output\n${block[1] ?? ''}-->\n\n\`\`\`\n${outputs.join('\n')}\n\`\`\`\n\n<!-- /output -->`
    parts.push(page.slice(end, block.index), filled)
    end = block.index + block[0].length
  }
  return [...parts, page.slice(end)].join('')
}

function parse(lines: string): ShownCommand[] {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((written) => {
      const [, line = '', first, last = '0'] = /^(.*?)(?: \| (\d+)(?: (\d+))?)?$/.exec(written.trim()) ?? []
      return { line, shown: first === undefined ? undefined : { first: Number(first), last: Number(last) } }
    })
}

function shortened(output: string, { shown }: ShownCommand): string[] {
  const lines = output
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
  if (shown === undefined || lines.length <= shown.first + shown.last + 1) return lines
  return [...lines.slice(0, shown.first), '…', ...(shown.last === 0 ? [] : lines.slice(-shown.last))]
}
