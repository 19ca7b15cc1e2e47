import t from 'tap'
import { topicOf, type Topic } from './question-topic.ts'

void t.test('questions of booking forms are understood', async (t) => {
  const questions: Record<Topic, string[]> = {
    source: ['How did you hear about us?', 'Who referred you?', 'Your LinkedIn profile'],
    availability: ['What is the best time to call you?', 'Who else will be joining the call?'],
    phone: ['Phone number', 'Your mobile phone *', 'Telephone'],
    website: ['Company website', 'Website URL'],
    budget: ['What budget have you set aside?', 'How much are you able to invest per month?', 'Price range?'],
    timing: ['When would you like to start?', 'What is your timeline for a decision?', 'How soon do you need this?'],
    teamSize: ['How big is your sales team?', 'Company size', 'How many employees do you have?', 'Number of seats'],
    painPoints: ['What is the biggest problem you want to solve?', 'Biggest challenge with your current CRM?'],
    decisionProcess: ['How will you make a decision?', 'Describe your decision-making process'],
    authority: ['Who else is involved in the decision?', 'Are you the decision maker?', 'Who signs off on this?'],
    tools: ['Which tools do you use today?', 'What CRM do you currently use?', 'How do you currently manage leads?'],
    objections: ['Do you have any concerns?', 'What is holding you back?'],
    useCase: ['What is your use case?', 'How do you plan to use Leadlog?'],
    objectives: ['What should be different in six months?', 'What are your goals?', 'What would success look like?'],
    business: ['What does your company do?', 'Tell us about your business', 'What do you sell?'],
    industry: ['Industry', 'Which sector are you in?'],
    title: ['Your role', 'Job title', 'What do you do?'],
    need: ['What are you looking for?', 'How can we help?', 'What are you hoping to get out of this call?'],
    place: ['Country', 'Where are you located?'],
    company: ['Company name', 'Company', 'Which organization do you work for?'],
    name: ['Full name'],
    open: ['Anything else?', '', 'Notes']
  }
  for (const [topic, asked] of Object.entries(questions)) {
    for (const question of asked) t.equal(topicOf(question), topic, question)
  }
})
