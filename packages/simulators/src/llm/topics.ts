import type { SourceText } from './source-text.ts'

/** A value found in the source, with the words that it was found in. */
export interface Finding {
  value: string
  quote: string
}

interface Topic {
  /** Property names, in lower-case letters only. */
  names: RegExp
  label?: RegExp
  sentence?: RegExp
}

const topics: readonly Topic[] = [
  { names: /^(title|role|jobtitle|designation|position)$/, label: /\b(role|job title|position)\b/i },
  { names: /phone|mobile/, label: /phone|mobile/i },
  { names: /website/, label: /web ?site|url/i },
  { names: /industry|sector/, label: /what does your company do|industry|business/i },
  {
    names: /teamsize|companysize|employees|headcount/,
    label: /team|how big|employees/i,
    sentence: /\b\d+ (people|reps|users|employees|agents|managers)\b/i
  },
  {
    names: /budget/,
    label: /budget/i,
    sentence: /\bbudget\b|[€$£]\s?\d|\b\d[\d.,]* ?(k|eur|usd|euros|dollars|francs|dirhams|crowns|reais)\b/i
  },
  {
    names: /economicbuyer|authority|decisionmaker/,
    label: /involved in the decision|decision ?maker|who decides/i,
    sentence:
      /\b(signs?|owns (the|that) budget|has the last word|i decide|approves?|economic buyer|holds? the budget|decides about the money)\b/i
  },
  {
    names: /decisionprocess/,
    label: /decision process|involved in the decision/i,
    sentence:
      /\b(first .* then|then (i|we|procurement|legal)|process is|pilot|committee|compares? two|decides? (after|within|in|at)|board meets)\b/i
  },
  {
    names: /decisioncriteria|criteria/,
    sentence: /\b(criteria|matters most|must (work|be|write|read|connect)|what we measure|we need it)\b/i
  },
  {
    names: /metrics?$/,
    label: /six months/i,
    sentence: /\b\d+([.,]\d+)? ?(percent|%|days|hours)|\b\d[\d.,]* (a|per) (year|month|quarter)\b|\bby half\b/i
  },
  {
    names: /identifiedpain|painpoints?|^pains?$|problems?|^need$/,
    label: /biggest problem|pain|challenge/i,
    sentence: /\b(pain|problem|hurts?|lose|lost|forget|forgotten|nobody knows)\b/i
  },
  {
    names: /champion/,
    sentence:
      /\b(champions?|i will push|i am pushing|i want this|drives? this|supports? (me|it)|sponsoring|very keen|on our side)\b/i
  },
  {
    names: /competit|alternatives/,
    sentence:
      /\b(also (look|talk|have an offer|evaluating)|comparing|alternative|other (offer|two vendors)|hubspot|looked at)\b/i
  },
  {
    names: /nextsteps?$|nextaction/,
    sentence:
      /\b(next step|please send|send me|let us (schedule|meet)|agreed (on|to)|schedule a|we will send|by (monday|tuesday|wednesday|thursday|friday|sunday|the end))\b/i
  },
  {
    names: /risks?$|objections?$|concerns?$/,
    sentence: /\b(risk|worry|concern|objection|may (say|refuse|be cut|resist)|will resist|freezes?|if it is not)\b/i
  },
  {
    names: /tools|techstack|currentsystems/,
    label: /tools|systems/i,
    sentence: /\b(zoho|hubspot|salesforce|excel|spreadsheets?|outlook|dynamics|sap)\b/i
  },
  {
    names: /objectives?|goals?$/,
    label: /six months|goal|achieve/i,
    sentence: /\b(we want|i want|target is|goal|should)\b/i
  },
  { names: /usecase/, label: /use case|what do you want to use/i, sentence: /\b(use it|we need|want to)\b/i },
  {
    names: /timing|timeline|startdate/,
    label: /when would you like|timeline|start/i,
    sentence: /\b(january|february|march|april|december|q[1-4]|quarter|next month|before the)\b/i
  },
  {
    names: /urgency/,
    label: /when would you like|urgen/i,
    sentence: /\b(as soon as possible|immediately|this quarter|no rush)\b/i
  }
]

/** What the source says for a property of this name; several findings where it says more than one thing. */
export const findingsFor = (property: string, source: SourceText): Finding[] => {
  const topic = topics.find(({ names }) => names.test(property))
  if (topic === undefined) return []
  const { label: asked, sentence: said } = topic
  const answers = source.labelled
    .filter(({ label, value }) => asked?.test(label) === true && !value.endsWith('?'))
    .map(({ value }) => ({ value, quote: value }))
  if (answers.length > 0) return answers.slice(0, 1)
  return source.sentences
    .filter((sentence) => said?.test(sentence) === true)
    .slice(0, 3)
    .map((sentence) => ({ value: sentence, quote: sentence }))
}
