import type { Customer } from './customer.ts'

/**
 * The customers of the sample day. All of them and their companies are fictional; addresses end in a reserved domain,
 * but for those that stand for free-mail users.
 */
export const customers = {
  marta: {
    name: 'Marta Kowalczyk',
    email: 'marta.kowalczyk@brightloom.example',
    timezone: 'Europe/Warsaw',
    utmSource: 'linkedin',
    answers: {
      company: 'Brightloom Textiles',
      business: 'We weave and sell technical fabrics to furniture makers',
      role: 'Head of Sales',
      team: '18 people',
      pain: 'Our reps copy meeting notes into the CRM by hand and half of them get lost',
      tools: 'Zoho CRM, Calendly and a lot of spreadsheets',
      budget: 'About 25,000 EUR a year',
      timeline: 'We want to start in January',
      decision: 'Our CFO Piotr Zielinski signs, I recommend',
      goal: 'Cut the time from demo to offer from nine days to three',
      phone: '+48 22 555 01 12'
    }
  },
  daniel: {
    name: 'Daniel Okafor',
    email: 'daniel.okafor@savannahgrid.example',
    timezone: 'Africa/Lagos',
    answers: {
      business: 'Solar mini-grids for towns',
      role: 'Commercial Director',
      team: '42',
      pain: 'Leads from the field go cold because nobody follows up within a week',
      tools: 'HubSpot free, WhatsApp',
      budget: 'Up to $15,000 for the first year',
      timeline: 'Before the end of Q1',
      decision: 'Me and our founder'
    }
  },
  yuki: {
    name: 'Yūki Tanaka',
    email: 'yuki.tanaka@kitsunelogistics.example',
    timezone: 'Asia/Tokyo',
    utmSource: 'newsletter',
    answers: {
      company: 'Kitsune Logistics',
      business: 'Cold chain logistics for restaurants',
      role: 'Operations Manager',
      team: '11-50',
      pain: 'Every branch keeps its own list of customers and we quote twice',
      tools: 'Salesforce, Slack',
      timeline: 'Within three months',
      goal: 'One list of customers for all branches'
    }
  },
  zoe: {
    name: 'Zoë Müller-Lindqvist',
    apart: ['Zoë', 'Müller-Lindqvist'],
    email: 'zoe@alpenquell.example',
    timezone: 'Europe/Zurich',
    answers: {
      business: 'Mineral water, direct sales to hotels',
      role: 'Managing Director',
      team: '7 reps',
      pain: 'Nobody knows which hotel was promised what',
      tools: 'Outlook and paper',
      budget: 'CHF 12,000',
      timeline: 'As soon as possible, the season starts in April',
      decision: 'I decide alone',
      phone: '+41 44 555 01 77'
    }
  },
  priya: {
    name: 'Priya Raman',
    email: 'priya.raman@quillstone.example',
    typedEmail: 'Priya.Raman@Quillstone.example',
    timezone: 'Asia/Kolkata',
    utmSource: 'partner',
    answers: {
      company: 'Quillstone Analytics',
      business: 'Data consulting for banks',
      role: 'VP Revenue Operations',
      team: '120 in sales and presales',
      pain: 'Qualification differs from rep to rep, so the forecast is a guess',
      tools: 'Zoho CRM, Gong, Google Sheets',
      budget: 'USD 60,000 is approved for this year',
      timeline: 'Pilot in December, rollout in February',
      decision: 'Security review, then procurement, then our CRO Anand Iyer',
      goal: 'A forecast that is right within ten percent'
    }
  },
  lucas: {
    name: 'Lucas Ferreira',
    email: 'lucas.ferreira.demo@gmail.com',
    timezone: 'America/Sao_Paulo',
    answers: {
      business: 'I run a small studio for industrial photography',
      role: 'Owner',
      team: '3',
      pain: 'I forget to send offers after calls',
      tools: 'Gmail, Notion',
      budget: 'R$ 400 a month',
      timeline: 'Next month'
    }
  },
  hannah: {
    name: 'Hannah Whitlock',
    email: 'hannah@harbor-finch.example',
    timezone: 'Europe/London',
    answers: {
      business: 'Marine insurance broker',
      role: 'Sales Enablement Lead',
      team: '25',
      pain: 'Reports take a whole day every month',
      tools: 'Pipedrive, Excel',
      timeline: 'No rush, some time next year'
    }
  },
  ravindra: {
    name: 'Ravindra',
    email: 'ravindra@lotusfield.example',
    timezone: 'Asia/Colombo',
    answers: {
      business: 'Tea exporter',
      team: '9',
      pain: 'Buyers ask for the same documents again and again',
      tools: 'Zoho CRM',
      budget: 'Not decided yet'
    }
  },
  meiling: {
    name: '美玲 陈',
    email: 'meiling.chen@jadebridge.example',
    timezone: 'Asia/Shanghai',
    answers: {
      company: '玉桥贸易 Jadebridge Trading',
      role: '销售总监 (Sales Director)',
      team: '60',
      pain: 'Our offers in three languages never match',
      tools: 'Kingdee, WeChat Work',
      timeline: 'Q2'
    }
  },
  omar: {
    name: 'Omar El-Sayed',
    email: 'omar.elsayed@nilecrest.example',
    timezone: 'Africa/Cairo',
    answers: {
      company: 'Nilecrest Foods',
      role: 'Sales Manager',
      team: '14',
      pain: 'Distributors do not tell us what they sold',
      tools: 'Odoo',
      budget: 'EGP 500,000'
    }
  },
  sofia: {
    name: 'Sofía Hernández López',
    apart: ['Sofía', 'Hernández López'],
    email: 'sofia.hernandez.demo@outlook.com',
    timezone: 'America/Mexico_City',
    answers: {
      company: 'Taller Azul',
      business: 'Ceramics workshop',
      role: 'Founder',
      team: '5',
      pain: 'Orders arrive in five different inboxes',
      tools: 'Instagram, Excel'
    }
  },
  liam: {
    name: "Liam O'Connor",
    email: 'liam.oconnor@emeraldforge.example',
    timezone: 'Europe/Dublin',
    utmSource: 'google',
    answers: {
      business: 'Contract manufacturing of metal parts',
      role: 'CEO',
      team: '33',
      pain: 'We lose tenders because answers are late',
      tools: 'Dynamics 365',
      budget: '40k EUR',
      timeline: 'This quarter',
      decision: 'The board meets on the first Monday of the month'
    }
  },
  ingrid: {
    name: 'Ingrid Solheim',
    email: 'ingrid.solheim@fjordwerk.example',
    timezone: 'Europe/Oslo',
    answers: {
      company: 'Fjordwerk AS',
      business: 'Service for ship engines',
      role: 'Head of Customer Success',
      team: '16',
      pain: 'Service visits are not visible to sales',
      tools: 'SuperOffice',
      timeline: 'After the summer'
    }
  },
  ahmed: {
    name: 'Ahmed Benali',
    email: 'ahmed.benali@atlasbloom.example',
    timezone: 'Africa/Casablanca',
    answers: {
      business: 'Argan oil for cosmetics brands',
      role: 'Export Manager',
      team: '8',
      pain: 'Samples are sent and never followed up',
      tools: 'Zoho CRM, Trello',
      budget: 'Between 5,000 and 8,000 EUR',
      timeline: 'From March'
    }
  },
  emily: {
    name: 'Emily Carter',
    email: 'emily.carter@prairiewind.example',
    timezone: 'America/Chicago',
    answers: {
      company: 'Prairie Wind Cooperative',
      role: 'Marketing Manager',
      team: '21',
      pain: 'Trade show contacts sit in a shoe box',
      tools: 'Mailchimp, Excel'
    }
  },
  noah: {
    name: 'Noah Petersen',
    email: 'noah.petersen@granitepeak.example',
    timezone: 'America/Denver',
    answers: {
      business: 'Climbing gyms',
      role: 'Regional Manager',
      team: '30',
      pain: 'Memberships lapse unnoticed',
      tools: 'Mindbody',
      budget: '$10k'
    }
  },
  grace: {
    name: 'Grace Mwangi',
    email: 'grace.mwangi@acaciahealth.example',
    timezone: 'Africa/Nairobi',
    answers: {}
  },
  viktor: {
    name: 'Viktor Novák',
    email: 'viktor.novak@moldavasteel.example',
    timezone: 'Europe/Prague',
    answers: {
      company: 'Moldava Steel s.r.o.',
      business: 'Steel trade',
      role: 'Purchasing and Sales Lead',
      team: '27',
      pain: 'Prices change daily and offers are outdated when they go out',
      tools: 'SAP Business One',
      budget: '900,000 CZK',
      timeline: 'Second half of next year'
    }
  },
  isabella: {
    name: 'Isabella Rossi',
    email: 'isabella.rossi@cortedellago.example',
    timezone: 'Europe/Rome',
    answers: {
      company: 'Corte del Lago Hotels',
      role: 'Group Sales Director',
      team: '12',
      pain: 'Group requests wait for days',
      tools: 'Opera, Outlook',
      timeline: 'Before the summer season'
    }
  },
  jack: {
    name: 'Jack Thompson',
    email: 'jack.thompson@coralline.example',
    timezone: 'Australia/Sydney',
    answers: {
      company: 'Coralline Software',
      business: 'Booking software for dive centres',
      role: 'Account Executive',
      team: '45',
      pain: 'Handover from sales to onboarding drops details',
      tools: 'HubSpot, Intercom, Slack',
      budget: 'A$30,000',
      timeline: 'Next quarter'
    }
  },
  fatima: {
    name: 'Fatima Al-Mansoori',
    email: 'fatima.almansoori@pearldune.example',
    timezone: 'Asia/Dubai',
    answers: {
      company: 'Pearl Dune Real Estate',
      role: 'Chief Commercial Officer',
      team: '85 agents',
      pain: 'Agents keep contacts in their own phones',
      tools: 'Bitrix24',
      budget: 'AED 200,000',
      timeline: 'Immediately',
      decision: 'I sign up to 250,000, above that the owner'
    }
  },
  pierre: {
    name: 'Pierre Lefèvre',
    email: 'pierre.lefevre@vallonverre.example',
    timezone: 'Europe/Paris',
    answers: {
      company: 'Vallon Verre',
      business: 'Glass bottles for distilleries',
      role: 'Directeur commercial',
      team: '10',
      pain: 'Quotes are written from scratch each time',
      tools: 'Sage, Outlook'
    }
  },
  anna: {
    name: 'Anna Schmidt',
    email: 'anna.schmidt.demo@gmx.de',
    timezone: 'Europe/Berlin',
    answers: {}
  },
  william: {
    name: 'William Zhang',
    email: 'william.zhang@maplecircuit.example',
    timezone: 'America/Toronto',
    utmSource: 'referral',
    answers: {
      company: 'Maple Circuit Inc.',
      business: 'Distributor of electronic components',
      role: 'Director of Sales Operations',
      team: '65',
      pain: 'Duplicate records everywhere, reps call the same buyer twice',
      tools: 'Salesforce, Outreach',
      budget: 'CAD 80,000',
      timeline: 'Contract of the old tool ends in March',
      decision: 'A committee of four, our COO has the last word'
    }
  },
  kateryna: {
    name: 'Kateryna Shevchenko',
    email: 'kateryna.shevchenko@dnipropack.example',
    timezone: 'Europe/Kyiv',
    answers: {
      business: 'Packaging for food producers',
      role: 'Commercial Director',
      team: '38',
      pain: 'Managers leave and their customers leave with them',
      tools: 'Zoho CRM, Viber, 1C',
      budget: '20,000 EUR a year',
      timeline: 'Start in two months',
      decision: 'The owner and the head of IT',
      goal: 'Keep the history of every customer in one place'
    }
  }
} as const satisfies Record<string, Customer>

export type CustomerKey = keyof typeof customers
