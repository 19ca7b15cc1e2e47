import t from 'tap'
import { codeName, deliveryName, eventName, handlerName, nameOf, sentence } from './names.ts'

void t.test('what machines call things becomes words', async (t) => {
  t.equal(eventName('crm.LeadStatusChanged.v1'), 'Lead status changed')
  t.equal(eventName('enrichment.MeddicExtracted.v12'), 'MEDDIC extracted')
  t.equal(deliveryName('invitee.created'), 'Booking made')
  t.equal(deliveryName('deal.stage_changed'), 'Deal stage changed')
  t.equal(handlerName('translate-readai'), 'Translate Read.ai')
  t.equal(codeName('MEETINGS_PAYLOAD_INVALID', 'meetings'), 'Payload invalid')
  t.equal(codeName('ZOHO_LIMIT', 'crm-sync'), 'Zoho limit')
  t.equal(nameOf('zoho'), 'Zoho CRM')
  t.equal(nameOf('unknown-vendor'), 'Unknown vendor')
  t.equal(sentence('crmId'), 'CRM ID')
})
