/** What a customer says in the meeting, by the MEDDIC part that it is about; unsaid parts are left out. */
export interface Conversation {
  pain?: string
  metrics?: string
  buyer?: string
  criteria?: string
  process?: string
  champion?: string
  competition?: string
  next?: string
  risk?: string
}

/** The conversations of the sample day, by the name of their session. */
export const conversations: Record<string, Conversation> = {
  marta: {
    pain: 'The biggest problem is that our reps type their notes into the CRM in the evening, and half of the notes never arrive. Last month we lost two orders because nobody knew what had been promised.',
    metrics:
      'Today it takes nine days from the demo to the offer. If we get that down to three days we win about 15 percent more orders, that is roughly 180,000 euros a year.',
    buyer: 'Our CFO, Piotr Zielinski, owns the budget and signs everything above ten thousand euros.',
    criteria:
      'What matters most to us is that it writes into Zoho by itself, that it is in Polish, and that the data stays in Europe.',
    process:
      'First I run a pilot with four reps for two weeks, then Piotr and I decide together, then legal needs about a week for the contract.',
    champion:
      'I will push this internally, I have wanted to get rid of the typing for two years. Tomasz from inside sales supports me.',
    competition:
      'We also looked at HubSpot and at an add-on from our Zoho partner. The alternative is simply to hire an assistant.',
    next: 'Please send me the proposal by Friday, and let us schedule a call with Piotr for next Tuesday.',
    risk: 'My worry is that the reps will not trust it. And if it is not running before the fair in January, the budget may go elsewhere.'
  },
  daniel: {
    pain: 'Our pain is that leads from the field go cold. An engineer meets a town council, and nobody follows up within a week.',
    metrics:
      'We talk to about 60 towns a quarter and close 6. With a follow-up in one day I expect to close 9, so 50 percent more.',
    buyer: 'Our founder, Amaka Obi, approves the budget. She has the last word on anything we pay in dollars.',
    criteria:
      'It must work on a bad connection, it must read WhatsApp notes, and the price per user must be under 30 dollars.',
    process: 'I test it with two regions, then I present the numbers to Amaka, and she decides in the Monday meeting.',
    champion: 'I am the one who drives this. Our regional lead Chidi also asks for it every week.',
    next: 'Send me access to the trial today. We agreed to talk again on the first of December.',
    risk: 'The risk is the exchange rate. If the naira falls again, Amaka freezes all new subscriptions.'
  },
  yuki: {
    pain: 'Every branch keeps its own list of customers. The problem is that we quote the same restaurant twice with different prices.',
    metrics: 'We counted 240 double quotes last year. Each costs us about two hours, so 480 hours in total.',
    buyer: 'The budget belongs to our managing director, Mr. Sato. He approves all systems for the whole company.',
    criteria: 'The criteria are a Japanese interface, single sign-on, and a clean import from Salesforce.',
    process:
      'The process is a written proposal, a review by the IT department, and then the approval of Mr. Sato. It takes about two months.',
    competition: 'We are comparing with a Japanese product called Sansan, and with building it ourselves.',
    next: 'The next step is a document for the IT department. Could you send it by the end of the month?',
    risk: 'IT is very careful. They may refuse any system that stores data outside Japan.'
  },
  zoe: {
    pain: 'Nobody knows which hotel was promised what. The problem shows every spring, when three people give three different discounts.',
    metrics: 'We give away about 40,000 francs a year in discounts that were never agreed. I want to cut that by half.',
    buyer: 'I decide alone, it is my company and my budget.',
    criteria: 'It must be simple. If my people need a training of more than an hour, it fails.',
    process: 'I try it myself for a week and then I decide, there is no committee.',
    champion: 'My sales assistant Beat is very keen, he will set it up.',
    competition: 'The alternative is Bexio, which we already use for invoices.',
    next: 'Let us schedule a setup session for Thursday, and send me the price for seven users.',
    risk: 'If it is not ready before April, the season starts and nobody has time.'
  },
  priya: {
    pain: 'Qualification differs from rep to rep. The pain is the forecast, last quarter we missed it by 31 percent and the board was furious.',
    metrics:
      'The target is a forecast within ten percent. One point of accuracy is worth about 200,000 dollars to us in staffing.',
    buyer: 'Our CRO, Anand Iyer, is the economic buyer. He has approved 60,000 dollars for this year.',
    criteria: 'The decision criteria are audit trail, SOC 2, evidence for each field, and no vendor lock-in.',
    process:
      'The decision process is a pilot in December, a security review that takes three weeks, then procurement, and the rollout in February.',
    champion: 'I am the champion for this, and our head of presales Kavya is fully behind me.',
    competition:
      'We have Gong today and we are also evaluating Clari. Staying with spreadsheets is an option nobody wants.',
    next: 'The next steps are the security questionnaire by Wednesday and a pilot plan by the end of next week.',
    risk: 'The concern is procurement, they froze two tools last quarter. And the security team is short of people in December.'
  },
  lucas: {
    pain: 'My problem is simple, after a call I start shooting and I forget to send the offer.',
    metrics: 'I do about twelve calls a month and send maybe seven offers. I would like to send all twelve.',
    buyer: 'The budget is mine, about 400 reais a month, I decide.',
    criteria: 'It must write the draft of the offer for me, in Portuguese.',
    next: 'I will start the trial on Monday, please send me the link.',
    risk: 'Honestly I may never find the time to set it up.'
  },
  liam: {
    pain: 'We lose tenders because our answers are late. The problem is that requirements sit in the inbox of one person.',
    metrics: 'We answer about 70 percent of the tenders in time. Each one we miss is worth around 55,000 euros.',
    buyer: 'I hold the budget up to 40 thousand, above that the board signs.',
    criteria: 'What we measure is how fast a request gets to an engineer, and that it works with Dynamics.',
    process: 'The board meets on the first Monday of the month, they decide after a demo with our own data.',
    champion: 'Aoife, our tender manager, champions this, she did the research.',
    competition: 'We also talk to Loopio, and Microsoft offers something inside Dynamics.',
    next: 'We agreed on a demo with our own tenders on the third of December, and you send me the contract draft before.',
    risk: 'The board may say that Dynamics should do it. That is the main objection I expect.'
  },
  ahmed: {
    pain: 'We send samples to brands all over Europe and never follow up. That is the pain, the samples cost us 90 euros each.',
    metrics: 'We send 400 samples a year and get 12 orders. If we follow up I want 30 orders.',
    buyer: 'Our general manager, Leila Benjelloun, controls the budget.',
    criteria: 'It must work in French and it must connect to Zoho and to our courier.',
    process: 'I make a recommendation, Leila compares two offers, then we sign.',
    champion: 'I am pushing for it, I presented it to Leila twice.',
    competition: 'The other offer is from a local integrator who wants to customise Odoo.',
    next: 'Send me the offer in French by Monday, I will present it on Wednesday.',
    risk: 'The harvest starts in March, if we are not done by then it will wait until autumn.'
  },
  grace: {
    pain: "Clinics call us, we promise a visit, and then the visit is forgotten. The problem is that the calls are only in people's heads.",
    metrics: 'We visit 35 clinics a month, we should visit 50.',
    buyer: 'The budget comes from a donor programme, and our finance director Peter Kamau signs.',
    criteria: 'The most important criteria are the price and that it works on phones.',
    process: 'Peter needs three quotes, then the committee decides at the end of the month.',
    champion: 'Our field coordinator Wanjiru will champion it.',
    next: 'Please send the quote this week, and we talk again next Thursday.',
    risk: 'The donor programme may be cut in June, that is the risk.'
  },
  internal: {
    pain: 'The problem with our own pipeline is that demos from partners come in by mail and never reach the CRM.',
    metrics: 'I counted 11 of 48 partner demos last month that had no record, that is 23 percent.',
    buyer: 'The budget for this is in our own operations plan.',
    process: 'We try it on the partner queue first, then Dana decides with the team.',
    next: 'I will write the mapping by Thursday and you review it.'
  },
  viktor: {
    pain: 'Steel prices change every day. The problem is that an offer is outdated when it goes out.',
    metrics: 'One offer in five has to be written again, that is about 60 hours a month.',
    buyer: 'Our owner, pan Dvořák, has the budget of 900,000 crowns.',
    criteria: 'It must read prices from SAP and it must be on our own servers.',
    process: 'I write a summary, the owner and the accountant decide, usually within a month.',
    champion: 'I want this myself, and our accountant Lenka supports it.',
    competition: 'We also look at a module from SAP.',
    next: 'Let us meet again next week with Lenka, I will book a time.',
    risk: 'If you have no version for our own servers, it will not pass.'
  },
  jack: {
    pain: 'The handover from sales to onboarding drops details. The pain is that customers have to explain everything twice.',
    metrics: 'Onboarding takes 30 days, and 8 of them are only questions that sales could have answered.',
    buyer: 'Our COO, Sarah Nguyen, owns that budget.',
    criteria: 'We need it inside HubSpot, nothing else to log in to.',
    process: 'Sarah asks three team leads, and then she decides within two weeks.'
  },
  fatima: {
    pain: 'Agents keep contacts in their own phones. The problem is that when an agent leaves, 200 buyers leave with him.',
    metrics: 'Last year 14 agents left. We estimate a loss of 3 million dirhams.',
    buyer: 'I sign up to 250,000 dirhams, above that it is the owner, Sheikh Hamdan.',
    criteria: 'The criteria are Arabic and English, and that nothing can be exported by an agent.',
    process: 'I can decide this month. Legal has to look at the data protection terms.',
    champion: 'My head of operations, Rashid, is our champion for it.',
    competition: 'Bitrix is already there and they offer us a bigger package.',
    next: 'Send the contract by Sunday, and the kick-off is on the first of December.',
    risk: 'The agents will resist, they see the contacts as their own.'
  },
  william: {
    pain: 'Duplicate records everywhere. The pain is embarrassing, two reps called the same buyer on the same day and offered different prices.',
    metrics:
      'We have 41,000 contacts and about 28 percent are duplicates. Cleaning costs us 0.8 of a full-time position.',
    buyer: 'Our COO, Rebecca Lindholm, has the last word and the budget of 80,000 dollars.',
    criteria: 'Decision criteria are matching quality on our own data, an undo, and the price per contact.',
    process: 'A committee of four scores three vendors by the tenth of December, then Rebecca signs.',
    champion:
      'I am sponsoring it. My colleague on the call, Nadia, did the analysis and she champions it with the reps.',
    competition: 'The other two vendors are DemandTools and Cloudingo.',
    next: 'We will send you an export of 5,000 contacts on Friday, and you show us the result the week after.',
    risk: 'The contract of the old tool ends in March, if we slip past that we have to renew for a year.'
  },
  kateryna: {
    pain: 'When a manager leaves, the customers leave too. The problem is that the whole history is in Viber and in the head of the manager.',
    metrics: 'Two managers left this year and took about 12 percent of the turnover, roughly 300,000 euros.',
    buyer: 'The owner, Mykola Bondar, decides about the money. The budget is 20,000 euros a year.',
    criteria:
      'For us the criteria are that calls and Viber messages end up in Zoho without work, and that IT can run it.',
    process:
      'The head of IT checks it first, then I show it to the owner with numbers, then we sign. I think six weeks.',
    champion: 'The head of IT, Serhii, is on our side, he is tired of restoring phones.',
    competition: 'We also have an offer from a Bitrix partner, and 1C has a module.',
    next: 'Please send the architecture document to Serhii by Wednesday, and we schedule a technical call for Friday.',
    risk: 'Power cuts are a risk, it has to work when the office is dark. And the owner does not like subscriptions.'
  }
}
