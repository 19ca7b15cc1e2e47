import { sentence } from './names.ts'

/** What a lead's facts are called, in the groups and the order of the lead page. */
const GROUPS: readonly {
  readonly title: string
  readonly fields: readonly (readonly [name: string, words: string])[]
}[] = [
  {
    title: 'For the next conversation',
    fields: [
      ['summary', 'Summary'],
      ['nextStep', 'Next step'],
      ['cheatSheet', 'Cheat sheet'],
      ['discoveryQuestions', 'Questions to ask']
    ]
  },
  {
    title: 'What they need',
    fields: [
      ['painPoints', 'Pain points'],
      ['need', 'Need'],
      ['urgency', 'Urgency'],
      ['timing', 'Timing'],
      ['budget', 'Budget'],
      ['authority', 'Authority'],
      ['decisionProcess', 'Decision process'],
      ['toolsCurrentlyUsed', 'Tools in use']
    ]
  },
  {
    title: 'MEDDIC',
    fields: [
      ['meddicMetrics', 'Metrics'],
      ['meddicEconomicBuyer', 'Economic buyer'],
      ['meddicDecisionCriteria', 'Decision criteria'],
      ['meddicDecisionProcess', 'Decision process'],
      ['meddicIdentifiedPain', 'Identified pain'],
      ['meddicChampion', 'Champion'],
      ['meddicCompetition', 'Competition'],
      ['meddicNextSteps', 'Next steps'],
      ['meddicRisks', 'Risks'],
      ['transcriptQuality', 'Transcript']
    ]
  },
  {
    title: 'Company and person',
    fields: [
      ['company', 'Company'],
      ['industry', 'Industry'],
      ['teamSize', 'Team size'],
      ['title', 'Title'],
      ['firstName', 'First name'],
      ['lastName', 'Last name'],
      ['phone', 'Phone'],
      ['city', 'City'],
      ['country', 'Country']
    ]
  }
]

const REST = 'Further facts'

/** The facts that are there, by group; one that no group knows comes at the end under its own name. */
export function groupedFacts<Fact>(
  facts: Readonly<Record<string, Fact>>
): { title: string; facts: { name: string; words: string; fact: Fact }[] }[] {
  const known = new Set(GROUPS.flatMap(({ fields }) => fields.map(([name]) => name)))
  const rest = Object.keys(facts).filter((name) => !known.has(name))
  const groups = [...GROUPS, { title: REST, fields: rest.map((name) => [name, sentence(name)] as const) }]
  return groups
    .map(({ title, fields }) => ({
      title,
      facts: fields.flatMap(([name, words]) => {
        const fact = facts[name]
        return fact === undefined ? [] : [{ name, words, fact }]
      })
    }))
    .filter((group) => group.facts.length > 0)
}

/** `fields.meddicRisks` or `demo.startsAt`, as a comparison names them → words. */
export function fieldWords(path: string): string {
  const name = path.replace(/^fields\./, '')
  const known = GROUPS.flatMap(({ title, fields }) =>
    fields.map(([key, words]) => [key, title === 'MEDDIC' ? `MEDDIC: ${words}` : words])
  )
  return known.find(([key]) => key === name)?.[1] ?? sentence(name)
}
