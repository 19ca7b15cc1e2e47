/** What hurts, in the words people use for it. */
export const PAIN_CUE =
  /\b(?:struggl\w*|pain(?:ful|s)?|frustrat\w*|manual(?:ly)?|by hand|copy[- ]?past\w*|too (?:long|slow|many|much work|late|complicated|expensive)|takes? (?:forever|ages|hours|days|weeks|too)|time[- ]consuming|error[- ]prone|mistakes?|errors?|los(?:e|es|ing|t)\b|miss(?:es|ed|ing)\b|slip(?:s|ping)? through|forg[eo]t\w*|forgotten|hard to|difficult\w*|can(?:'|’)?t (?:see|find|track|tell|keep|get|scale)|cannot|no (?:visibility|overview|idea|way to|single|central)|nobody (?:knows|follows)|lack(?:s|ing)? (?:of )?|chaos|chaotic|mess(?:y)?|bottleneck\w*|inefficien\w*|duplicat\w*|twice|delays?|delayed|outdated|scattered|siloe?d|problems?|issues?|challeng\w*|headaches?|nightmare|drown\w*|overwhelm\w*|broken|breaks?|fail(?:s|ed|ing)?|clunky|stuck|waste\w*|wasting|go(?:es)? cold|fall(?:s|ing)? (?:behind|through)|churn\w*|complain\w*|late)\b/i

/** What is wanted instead. */
export const OBJECTIVE_CUE =
  /\b(?:(?:our|my|the) (?:main |primary |biggest )?(?:goals?|objectives?|aims?|targets?|priority) (?:is|are)|we want|i want|we(?:'|’)d like|i(?:'|’)d like|would like to|hop(?:e|ing) to|aim(?:ing)? to|trying to|so that we can|want(?:s)? to|plan(?:ning)? to)\b/i

/** What is asked for. */
export const NEED_CUE =
  /\b(?:we need|i need|need(?:s|ed)? (?:a|an|to|something|better|help)|look(?:ing)? for|looking to|in search of|searching for|require|interested in|seeking)\b/i

/** What the product would be used for. */
export const USE_CASE_CUE =
  /\b(?:use (?:it|this|you|the (?:tool|product|platform|system)) (?:for|to|with|as)|use case|we(?:'|’)d use|plan(?:ning)? to use)\b/i

/** Doubts. */
export const OBJECTION_CUE =
  /\b(?:worr(?:y|ied|ies)|concern(?:s|ed)?|afraid|hesita\w*|skeptic\w*|sceptic\w*|not (?:sure|convinced) (?:if|whether|that|about)|doubts?|tried (?:\w+ ){0,3}before|didn(?:'|’)?t work|bad experience|locked in(?:to)?|lock-in|too (?:expensive|complex|complicated)|data protection|gdpr|security review|won(?:'|’)?t (?:use|adopt|trust))\b/i

/** Steps and people of a decision. */
export const DECISION_PROCESS_CUE =
  /\b(?:procurement|legal(?: review| team)?|security review|review(?:s|ed)?|committee|board|vendor (?:assessment|approval)|pilot|trial|proof of concept|poc|rfp|tender|quotes?|shortlist\w*|sign(?:s|ed)?[- ]?off|approv\w*|evaluat\w*|compar(?:e|ing)|then (?:we|the|our|i|it)|steps?|final say|first monday)\b/i

/** Who has the last word. */
export const AUTHORITY_CUE =
  /\b(?:i (?:decide|sign|approve|make the (?:final )?decision|have the (?:final|last) (?:say|word))|decision[- ]?maker|final (?:say|decision)|last word|sign(?:s|ed)?[- ]?off|signs?|needs? (?:the )?approval|approv(?:es?|al) (?:from|by|of)|(?:has|have|need) to approve|my (?:boss|manager|director|ceo|cfo)|our (?:ceo|cfo|coo|cto|board|owner|founder)|report(?:s|ing)? to)\b/i

/** An answer that says nothing. */
const BLANK =
  /^(?:n\/?a|n\.a\.?|none|nil|no(?:ne|thing)?(?: yet)?|nope|-+|–|—|\.+|\?+|tb[ad]|not sure(?: yet)?|unsure|(?:i )?(?:don(?:'|’)?t|do not) know(?: yet)?|no idea|idk|unknown|x+|test(?:ing)?|asdf\w*|\p{P}+)\.?$/iu

export function isBlankAnswer(answer: string): boolean {
  return BLANK.test(answer.trim()) || !/[\p{L}\p{N}]/u.test(answer)
}

const YES_NO =
  /^(?:yes|no|yep|yeah|sure|maybe|partly|partially|not really|of course|absolutely|correct|i am|we do|i do)[.!]?$/i

/** True for an answer that tells nothing without its question. */
export function isYesOrNo(answer: string): boolean {
  return YES_NO.test(answer.trim())
}
