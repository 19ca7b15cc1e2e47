import t from 'tap'
import { fieldWords, groupedFacts } from './fields.ts'

void t.test('facts come in groups, and one that is new comes too', async (t) => {
  const groups = groupedFacts({ company: 1, meddicRisks: 2, favouriteColour: 3, summary: 4 })
  t.same(
    groups.map(({ title, facts }) => [title, ...facts.map(({ words, fact }) => [words, fact])]),
    [
      ['For the next conversation', ['Summary', 4]],
      ['MEDDIC', ['Risks', 2]],
      ['Company and person', ['Company', 1]],
      ['Further facts', ['Favourite colour', 3]]
    ]
  )
  t.same(groupedFacts({}), [])
})

void t.test('a compared field has the same words', async (t) => {
  t.equal(fieldWords('fields.meddicRisks'), 'MEDDIC: Risks')
  t.equal(fieldWords('demo.startsAt'), 'Demo starts at')
  t.equal(fieldWords('fields.teamSize'), 'Team size')
})
