export { EditDraftPage as default } from './draft-page.tsx'
