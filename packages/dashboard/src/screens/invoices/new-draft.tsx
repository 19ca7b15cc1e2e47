export { NewDraftPage as default } from './draft-page.tsx'
