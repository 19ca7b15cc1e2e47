import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FlowDocument } from '@leadlog/contracts'
import { useState } from 'react'
import { sendCommand } from '../../api/send-command.ts'
import { Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { freeId } from '../../flows/edit-flow.ts'
import { readFlowFile } from '../../flows/flow-schema.ts'
import { flowTemplates } from '../../flows/templates.ts'

const TEMPLATES = flowTemplates(Intl.DateTimeFormat().resolvedOptions().timeZone)
const NO_FLOW: FlowDocument = { start: null, language: 'en-US', fallbackNumber: null, steps: [] }

/** A new flow, of a template or of a file. */
export function NewFlowDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [id, setId] = useState<string | null>(null)
  const [from, setFrom] = useState('reception')
  const [file, setFile] = useState<FlowDocument | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const flowId = id ?? (name.trim() === '' ? '' : freeId(NO_FLOW, name))
  const create = useMutation({
    mutationFn: () => {
      const document = from === 'file' ? file : TEMPLATES.find((one) => one.id === from)?.document
      const body = { flowId, name: name.trim(), document: document ?? NO_FLOW, basedOnDraft: 0 }
      return sendCommand('telephony', 'SaveFlow', body, crypto.randomUUID())
    },
    // The first look must show it: the read waits until it does.
    onSuccess: ({ after }) =>
      void navigate({ to: '/flows/$id', params: { id: flowId }, search: { after: String(after ?? '') } })
  })
  const readFile = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return
    try {
      const given = readFlowFile(await chosen.text())
      setFile(given.document)
      setFrom('file')
      setProblem(null)
      if (name === '' && given.name !== null) setName(given.name)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <FormDialog
      title="New call flow"
      word="Create"
      working={create.isPending}
      onClose={onClose}
      onSubmit={() => {
        if (name.trim() === '') return setProblem('Give it a name.')
        if (!/^[a-z][a-z0-9-]{0,63}$/.test(flowId)) {
          return setProblem('Its address has small letters, digits and dashes, and begins with a letter.')
        }
        if (from === 'file' && file === null) return setProblem('Choose a file.')
        setProblem(null)
        create.mutate()
      }}
    >
      <Field label="Name" value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
      <Field
        label="Address"
        mono
        value={flowId}
        maxLength={64}
        help="How commands name it; it stays"
        onChange={(event) => setId(event.target.value)}
      />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-xs font-medium">Begin with</legend>
        {TEMPLATES.map((template) => (
          <label
            key={template.id}
            className="flex items-start gap-2.5 rounded-lg border border-border px-3 py-2 has-checked:border-accent"
          >
            <input
              type="radio"
              name="template"
              className="mt-1 accent-[var(--accent)]"
              checked={from === template.id}
              onChange={() => setFrom(template.id)}
            />
            <span>
              <span className="font-medium">{template.name}</span>
              <span className="block text-xs text-muted">{template.about}</span>
            </span>
          </label>
        ))}
        <label className="flex flex-col gap-1 rounded-lg border border-border px-3 py-2 has-checked:border-accent">
          <span className="font-medium">A file that was exported</span>
          <input
            type="file"
            accept="application/json,.json"
            className="text-xs text-muted"
            onChange={(event) => void readFile(event.target.files?.[0])}
          />
          {from === 'file' && file !== null ? (
            <span className="text-xs text-tone-success">{String(file.steps.length)} steps</span>
          ) : null}
        </label>
      </fieldset>
      <Refusal>{problem ?? (create.isError ? create.error.message : null)}</Refusal>
    </FormDialog>
  )
}
