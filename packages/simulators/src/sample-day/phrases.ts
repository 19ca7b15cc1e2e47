import type { Conversation } from './conversations.ts'

/** What the sellers and the customers of the sample day say beside the matter. */
type Phrases = readonly [string, ...string[]]

export const greetings: Phrases = [
  'Hi {name}, good to see you. Thanks for taking the time today.',
  'Hello {name}, can you hear me well? Great, thanks for joining.',
  'Good to meet you, {name}. I have about half an hour, does that still work for you?'
]

export const smallTalk: Phrases = [
  'Hello, yes, I hear you fine. I was looking forward to this.',
  'Hi, yes, that works. I have read your page, so we can go straight to the point.',
  'Good to meet you too. It is a busy week here, but this is important to us.'
]

export const questions: Record<keyof Conversation, Phrases> = {
  pain: [
    'Tell me, what made you look for something now?',
    'What is going wrong today, in your own words?',
    'Before I show anything, what hurts most at the moment?'
  ],
  metrics: [
    'Can you put a number on that?',
    'What does that cost you, roughly, and what would be a good result?',
    'How would you measure that it got better?'
  ],
  criteria: [
    'When you compare products, what has to be there?',
    'What will you look at when you choose?',
    'What must it be able to do, without compromise?'
  ],
  buyer: ['Who owns the budget for this?', 'Who has to agree to the money?', 'And who signs in the end?'],
  process: [
    'How do you usually decide on something like this?',
    'What are the steps from here to a signature?',
    'Walk me through how the decision is made on your side.'
  ],
  champion: ['Who on your side really wants this?', 'Is there somebody inside who carries it with you?'],
  competition: ['Whom else are you talking to?', 'What are the alternatives for you?'],
  risk: ['What could still go wrong?', 'What might stop this?', 'If this fails, why will it have failed?'],
  next: ['So what do we do next?', 'What shall we agree on for today?']
}

export const acknowledgements: Phrases = [
  'Understood, let me write that down.',
  'That makes sense, thank you.',
  'Right, we hear that often.',
  'Okay, good to know. Let me show you how that looks on the screen.',
  'I see. I will come back to that in a minute.'
]

export const asides: Phrases = [
  'Could you give me an example from the last weeks?',
  'Tell me a bit more about how that looks in practice.',
  'How did you notice that?'
]

export const closings: Phrases = [
  'Great, I will send you a summary with everything we agreed today.',
  'Thank you for your time, I will write it all down and send it over.',
  'Perfect. I am glad we talked, you will hear from me this week.'
]

/** Longer accounts of daily work, for meetings whose transcript is long. */
export const stories: readonly string[] = [
  'Let me give you an example. On Monday a buyer from a dairy called and asked for the cups with the new lid. The manager was at the plant, so he answered from the car, he remembered a quantity, he wrote it on paper, and the paper stayed in the car. On Wednesday the buyer called again, somebody else took the call, opened the system and saw nothing at all, not even that we had ever spoken about the new lid. So she asked everything again from the beginning. The buyer was polite, but you could hear that he was annoyed, and I do not blame him. We got the order in the end, but a week late, and with a discount that nobody had planned and that I only saw on the invoice at the end of the month. And this is one customer, with one product, in one ordinary week without any holiday or any trouble at the plant.',
  'In practice it looks like this. Every manager has a notebook, some have two, and each of them has a way of writing that only they can read. When somebody is on holiday we call them at the beach, and they tell us what they remember. We tried a form, it had eleven fields, and people filled the first three. We tried voice messages in a group, that was better, but then nobody listened to them, because it takes longer to listen than to ask again. Then we tried to make it a rule that no offer leaves without a record, and for two weeks it worked, and then the season started and the rule was forgotten. I do not say that our people are lazy. They drive, they talk, they load samples, and in the evening they are tired. The system has to do the writing, because people will not, whatever rule I make and whatever bonus I promise.',
  'We noticed it with the big bakery in the spring. They had been with us for nine years. The manager who looked after them left in February, it was all friendly, he gave his notice properly and he showed his successor around. And still, in April they ordered from somebody else. When I called and asked why, the owner told me that nobody had congratulated them on the new plant, and that our new manager had not known that they never take deliveries on a Friday. These are small things. They were never in the system, because there is no field for them, and because nobody would look for them there. It was about four percent of our turnover at that time. After that I started to count, and I found five more customers who had become quiet in the same half year, all of them from the same notebook.',
  "The technical side is not simple either. We have Zoho for the offers, and the accounting program for stock and invoices, and between them there is a file that is exported every night and that fails about once a month. When it fails, the prices are yesterday's prices. We have one person in IT who understands it, and when he is ill we wait. There is also the matter of the phones. Half of the managers use their own phone, with their own number, and customers write to that number. We bought company phones and they lie in a drawer. So anything we introduce must work with the numbers that the customers already know, or it will lie in a drawer as well, beside the phones."
]
