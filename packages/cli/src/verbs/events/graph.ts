import { oneOf, text } from '../../declaration/option.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { notFound } from '../../errors.ts'
import { eventGraph, graphText, mermaidGraph } from '../../events/event-graph.ts'
import { eventsOfServices } from '../../system/manifests.ts'

export const verb = defineVerb({
  description: 'From the manifests of the services, which the services themselves are checked against when they run.',
  options: {
    format: oneOf('how it is written', ['text', 'mermaid']),
    service: text('only what this service reads and emits', { placeholder: '<service>' })
  },
  examples: [
    ['leadlog events graph', 'each event: who emits it, who reads it'],
    ['leadlog events graph --format mermaid > graph.mmd', 'as a picture'],
    ['leadlog events graph --service crm', 'one service']
  ],
  async run({ out }, { format, service }) {
    const edges = eventGraph(eventsOfServices()).filter(
      ({ emitters, readers }) => service === undefined || [...emitters, ...readers].includes(service)
    )
    if (edges.length === 0)
      throw notFound(`No service "${service ?? ''}" reads or emits anything. See: leadlog events graph`)
    return {
      value: { events: edges },
      text: () => (format === 'mermaid' ? mermaidGraph(edges) : graphText(edges, out.style))
    }
  }
})
