import type { CompletionFacts } from './completion-facts.ts'

/** A completion script for fish. */
export function fishScript({ words, options }: CompletionFacts): string {
  const names = [...new Set([...words.keys(), ...options.keys()])].filter((name) => name !== '')
  const wordLines = [...words].flatMap(([behind, next]) =>
    next.map(
      ({ word, summary }) =>
        `complete -c leadlog -f -n ${quoted(`__leadlog_at ${quoted(behind)}`)} -a ${quoted(word)} -d ${quoted(summary)}`
    )
  )
  const optionLines = [...options].flatMap(([verb, own]) =>
    own.map(({ name, description, takesValue, choices }) => {
      const values = choices.length === 0 ? '' : ` -f -a ${quoted(choices.join(' '))}`
      return `complete -c leadlog -n ${quoted(`__leadlog_at ${quoted(verb)}`)} -l ${name}${takesValue ? ' -r' : ''}${values} -d ${quoted(description)}`
    })
  )
  return `# fish completion of leadlog
function __leadlog_verb
  set -l behind ''
  for word in (commandline -opc)[2..-1]
    string match -q -- '-*' $word; and break
    set -l known (string trim -- "$behind $word")
    contains -- "$known" ${names.map(quoted).join(' ')}; or break
    set behind $known
  end
  echo -- $behind
end
function __leadlog_at
  test (__leadlog_verb) = "$argv[1]"
end
${[...wordLines, ...optionLines].join('\n')}`
}

function quoted(words: string): string {
  return `'${words.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
