export { formFields, oneValueEach, type FormFields } from './form-fields.ts'
export { requestUrl } from './request-url.ts'
export { isFromTwilio, type SignedRequest } from './is-from-twilio.ts'
