export { escapedHtml } from './escaped-html.ts'
export { createMailer, type Mail, type MailAttachment, type Mailer } from './mailer.ts'
