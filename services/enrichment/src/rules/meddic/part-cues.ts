import type { Meddic } from '@leadlog/contracts'
import { OBJECTION_CUE, PAIN_CUE } from '../language/cues.ts'

/** The parts that rules look for in speech. */
export type MeddicPart = Exclude<keyof Meddic, 'confidence' | 'evidence'>

/** How a part is recognised. */
export interface PartCues {
  /** Words of an answer about the part, each with what it counts, or against it. A sentence needs {@link ENOUGH}. */
  readonly said: readonly (readonly [RegExp, number])[]
  /** Words of a question about the part; the answer to it needs fewer words of its own. */
  readonly asked: RegExp
  /** True where the customer's questions count as well: what is asked for is what is looked for. */
  readonly questionsCount?: boolean
  /** True where our own side's words count as well: what it promises to do next. */
  readonly ownSideCounts?: boolean
}

/** A sentence with less than this is about something else. */
export const ENOUGH = 2

const WHO =
  /\b(?:c[efiot]o|cro|cmo|chief \w+|(?:vice )?president|vp|director|manager|owner|founder|head of \w+|board|boss|finance|sheikh|mr\.?|mrs\.?|ms\.?)\b/i
const NUMBER =
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|thousand|half|double|twice)\b/i
const MEASURE =
  /%|\bpercent\b|[$€£]|\b(?:hours?|minutes?|days?|weeks?|months?|dollars?|euros?|pounds?|francs?|crowns?|dirhams?|reais|fte|full-time|orders?|deals?|leads?|tickets?|tenders?|visits?|calls?|customers?|contacts?|quotes?|offers?)\b/i
const GAIN =
  /\b(?:sav(?:e|es|ed|ing)|reduc\w+|cut(?:s|ting)?|increas\w+|grow\w*|win|improv\w+|faster|half|double|target|goal|get (?:that|it) down|down to|instead of|accura\w+|worth|costs? us|we lose|lost|loss|miss(?:ed)?|give away|estimate|counted|takes? (?:us )?(?:about |around )?\d|should|would like|expect|want)\b/i

/** Cues per part, on the customer's words. Numbers were set by reading; they order sentences, they measure nothing. */
export const PART_CUES: Readonly<Record<MeddicPart, PartCues>> = {
  metrics: {
    said: [
      [NUMBER, 0.8],
      [MEASURE, 0.7],
      [GAIN, 0.9],
      [/%|\bpercent\b|\bper (?:week|month|year)\b|\ba (?:week|month|year|quarter)\b/i, 0.6],
      [
        /\b(?:sign(?:s|ed)?|decid\w+|approv\w+|budget (?:is|of)|recommend\w*|call (?:on|at)|by (?:mon|tues|wednes|thurs|fri)day)\b/i,
        -1.5
      ]
    ],
    asked:
      /\b(?:put a number|how (?:much|many|often|long)|measure\w*|cost(?:s|ing)? you|what would (?:be )?a good result|worth|in numbers|metrics?|kpis?|quantif\w+|success look)\b/i
  },
  economicBuyer: {
    said: [
      [
        /\b(?:sign(?:s|ed)?(?: off)?|approv\w+|final say|last word|economic buyer|decides? about the money|controls? the|holds? the|owns? (?:the|that)|has the) ?(?:on |the )?(?:budget|money|purse)?\b/i,
        1.2
      ],
      [/\bbudget\b|\bmoney\b|\bpurse\b/i, 0.9],
      [WHO, 0.8],
      [
        /\bi (?:decide|sign|approve|own)\b|\b(?:my|is mine) (?:own )?budget\b|\bbudget is mine\b|\bdecide alone\b/i,
        1.4
      ],
      [/\b(?:over|above|beyond|more than)\b.{0,30}\b(?:goes to|needs|it is|requires)\b/i, 1.2]
    ],
    asked:
      /\b(?:who (?:owns|has|holds|controls|approves|signs|decides|pays|else (?:is|has))|who (?:would|will|needs|has|have|does|must)\b.{0,20}\b(?:say yes|approve|sign|agree|decide|pay)|whose budget|sign[s ]?(?:off|in the end)|budget holder|economic buyer|final say|last word)\b/i
  },
  decisionCriteria: {
    questionsCount: true,
    said: [
      [
        /^(?:(?:and|so|but|ok|okay),? )?(?:can|does|do|will|would|is|are) (?:it|this|that|you|your \w+|the \w+)\b.*\b(?:integrat\w*|support\w*|work(?:s)? with|connect\w*|export\w*|import\w*|comply|compliant|secure|certified|encrypt\w*|hosted|offline|sync\w*)\b/i,
        1.6
      ],
      [/\b(?:problem|pain|risk|worry|concern) (?:is|with)\b/i, -1.5],
      [/\b(?:criteria|criterion|requirements?|must[- ]haves?|deal ?breakers?|non-negotiable)\b/i, 2],
      [
        /\b(?:must|has to|have to|needs? to|should) (?:be|work|have|support|integrate|connect|write|read|run|sync|handle|speak|comply|offer)\b/i,
        1.3
      ],
      [
        /\b(?:matters? most|most important|important (?:to|for) us|what we measure|we (?:look|check) (?:at|for)|we need it|it depends on)\b/i,
        1.4
      ],
      [
        /\b(?:integrat\w+|security|soc ?2|gdpr|sso|single sign-on|api|compliance|ease of use|easy to use|price per|language|export|import|audit trail|hosted|on our own servers|data (?:stays|residency))\b/i,
        0.9
      ]
    ],
    asked:
      /\b(?:compare products|what (?:will|do) you look at|what must it|be able to do|has to be there|criteria|requirements?|must[- ]have|important (?:to|for) you|what (?:matters|would you need)|deal ?breaker|non-negotiable)\b/i
  },
  decisionProcess: {
    said: [
      [/\bnext steps?\b|\bsend me\b/i, -1.2],
      [
        /\b(?:procurement|legal|security review|review|committee|board|vendor|pilot|trial|proof of concept|poc|rfp|shortlist|three quotes|two offers|approval)\b/i,
        1
      ],
      [
        /\b(?:process|steps?|first\b.*\bthen|then (?:we|i|the|our|procurement|legal)|after that|before we sign|recommend\w*|present (?:it|this|the numbers))\b/i,
        1
      ],
      [/\b(?:decid\w+|decision|sign\b|we sign|choose)\b/i, 0.8],
      [
        /\b(?:takes? (?:about |around )?(?:\w+ )?(?:days?|weeks?|months?)|within (?:a|one|two|three|\d+) (?:days?|weeks?|months?)|by the (?:end|\w+) of|by (?:january|february|march|april|may|june|july|august|september|october|november|december))\b/i,
        0.7
      ]
    ],
    asked:
      /\b(?:how do you (?:usually )?(?:decide|buy|choose)|steps (?:from|to|until)|how (?:is|will) the decision|decision (?:is )?made|walk me through|decision process|approval process|who else (?:needs|has) to|procurement|what happens (?:after|next) internally)\b/i
  },
  identifiedPain: {
    said: [
      [
        /\b(?:(?:biggest|main|real|our|the|my|core) (?:problem|pain|issue|challenge|trouble)|pain is|problem is|struggl\w+|hurts?|frustrat\w+|nightmare)\b/i,
        1.6
      ],
      [PAIN_CUE, 1],
      [
        /\b(?:because|so that|which means|every (?:day|week|month|time|spring)|again and again|always|never|nobody|half of)\b/i,
        0.4
      ],
      [/\b(?:we|our|us|my|reps?|team|customers?|clients?|people)\b/i, 0.4]
    ],
    asked:
      /\b(?:going wrong|hurts? (?:the )?most|problem|pain|challeng\w+|struggl\w+|what made you (?:look|reach|book)|why (?:now|are you looking)|frustrat\w+|keeps? you up|what brought you|difficult)\b/i
  },
  champion: {
    said: [
      [
        /\b(?:champion\w*|sponsor\w*|push(?:ing)? (?:this|it|for|internally)|i(?:'|’)?(?:ll| will) (?:push|pitch|present|take|bring|carry|fight)|drive this|driving this|on our side|behind (?:me|this|it)|fully behind|big fan|very keen|supports? (?:me|it|this)|i am the one who|did the (?:research|analysis)|i want this|love (?:it|this)|ask(?:s|ed|ing)? for (?:it|this|something|exactly)|write the business case|make the case)\b/i,
        2
      ],
      [/\b(?:internally|to (?:my|our) (?:boss|team|cfo|ceo|board|management)|colleague|assistant)\b/i, 0.5]
    ],
    asked:
      /\b(?:who on your side|really wants|carr(?:y|ies) (?:it|this|that)|champion|sponsor|somebody inside|support(?:s)? this internally|who else is (?:excited|behind)|would you (?:push|present))\b/i
  },
  competition: {
    said: [
      [
        /\b(?:also (?:look|talk|evaluat|compar|demo)\w*|look(?:ed|ing)? (?:also )?at|compar(?:e|ed|ing) (?:with|to|it|you|against)|evaluat(?:e|ed|ing)|talk(?:ed|ing)? to|demo(?:ed)? (?:with|from)|competitors?|alternatives?|other (?:vendors?|offers?|options?)|versus|\bvs\b|an offer from|offer us|shortlist)\b/i,
        1.5
      ],
      [
        /\b(?:build(?:ing)? (?:it|this|something|one|our own)\b|in-house|status quo|do(?:ing)? nothing|stay(?:ing)? with|hire an? |leave it as it is|we have \p{Lu}\w+ today|is already there)\b/iu,
        1.4
      ],
      [/\b(?:instead|rather than|option)\b/i, 0.5]
    ],
    asked:
      /\b(?:who(?:m)? else are you (?:talking|looking|speaking|considering)|alternatives?|other (?:vendors?|options|products|tools|solutions)|compar(?:e|ing) (?:us|this|it) (?:to|with|against)|competitors?|evaluating|if you do nothing|looked at)\b/i
  },
  nextSteps: {
    said: [
      [
        /\b(?:next steps?|follow[- ]up|to[- ]do|we agreed|let(?:'|’)?s? (?:us )?(?:schedule|meet|talk|book|do|plan|reconnect|set up)|let us (?:schedule|meet|talk|book))\b/i,
        2
      ],
      [
        /\b(?:(?:please |could you |you )?send (?:me|us|the|over|it|you)|i(?:'|’)?ll (?:send|share|forward|book|write|get back|check|come back|prepare|introduce|set)|i will (?:send|share|forward|book|start|write|get back|check|present|prepare|introduce|set)|we (?:will|(?:'|’)ll) (?:send|share|book|meet|talk|schedule|prepare)|talk again|meet again)\b/i,
        1.6
      ],
      [
        /\b(?:by|on|until|before|next|this) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|tomorrow|the (?:first|second|third|end))\b|\btomorrow\b|\btoday\b/i,
        0.7
      ],
      [
        /\b(?:proposal|contract|quote|offer|trial|pilot|demo|summary|questionnaire|document|pricing|access|export|invite|invitation)\b/i,
        0.4
      ]
    ],
    asked:
      /\b(?:what do we do next|agree on|next steps?|how do we (?:proceed|continue|go on)|where do we go from here|what would be (?:the|a good) next)\b/i,
    ownSideCounts: true
  },
  risks: {
    said: [
      [
        /\b(?:risks?|worr(?:y|ied|ies)|concerns?|concerned|afraid|objections?|doubts?|skeptic\w*|sceptic\w*|pushback|resist\w*|obstacle)\b/i,
        2
      ],
      [OBJECTION_CUE, 1],
      [
        /\b(?:freez\w*|froze|budget (?:cut|may|might|is tight)|cut in|no budget|not a priority|too expensive|may (?:refuse|say|go|never|be cut)|might (?:not|refuse|say|slip)|won(?:'|’)?t (?:pass|trust|use|work)|will not (?:pass|trust|use|work)|will resist|it fails|we slip|short of people|careful|hard sell|next year|does not like|tried (?:\w+ ){0,4}before|lay-?offs?|reorgani[sz]\w+)\b/i,
        1.4
      ],
      [/\b(?:if\b.{0,60}\b(?:not|no)\b|honestly|unless|may|might)\b/i, 0.5]
    ],
    asked:
      /\b(?:(?:could|might|can) (?:still )?(?:go wrong|stop this)|if this fails|what (?:would|might|could) stop|risks?|concerns?|worr(?:y|ies|ied)|objections?|hesita\w+|hold(?:ing)? you back|pushback)\b/i
  }
}
