import type { FlowDocument } from '@leadlog/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { sendCommand } from '../../api/send-command.ts'
import { Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { Comparison } from './comparison.tsx'
import type { FlowDetail } from './flow-read.ts'

/** Says what changes for callers, then lets new callers go through the draft. */
export function PublishDialog(props: { flow: FlowDetail; document: FlowDocument; draft: number; onClose: () => void }) {
  const { flow, document, draft, onClose } = props
  const queries = useQueryClient()
  const live = flow.versions.find(({ version }) => version === flow.live?.version)
  const publish = useMutation({
    mutationFn: () => sendCommand('telephony', 'PublishFlow', { flowId: flow.id, draft }, crypto.randomUUID()),
    onSuccess: async ({ result }) => {
      toast.success(`Version ${String(result?.['version'])} is live`)
      await queries.invalidateQueries({ queryKey: ['/v1/flows/{id}'] })
      onClose()
    }
  })
  return (
    <FormDialog
      title={`Publish ${flow.name}?`}
      word="Publish"
      working={publish.isPending}
      onSubmit={() => publish.mutate()}
      onClose={onClose}
    >
      <p>
        {flow.numbers.length === 0
          ? 'No number leads here yet, so no caller notices.'
          : `New callers of ${flow.numbers.join(', ')} go through this draft.`}{' '}
        Calls that run stay in the version that they began with.
      </p>
      <div className="max-h-[45dvh] overflow-y-auto" tabIndex={0} role="region" aria-label="What changes">
        {live === undefined ? (
          <p className="text-muted">It is the first version: {String(document.steps.length)} steps.</p>
        ) : (
          <Comparison before={live.document} after={document} />
        )}
      </div>
      <Refusal>{publish.isError ? publish.error.message : null}</Refusal>
    </FormDialog>
  )
}
