import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { ask } from '../../api/client.ts'
import { Failed, LoadingBlock } from '../../design/states.tsx'
import { useWidth } from '../../design/width.ts'

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href

/** Small letters are drawn larger and then made small, which reads better on a screen of few pixels. */
const LEAST_DENSITY = 2
/** Wider, letters are no easier to read. */
const WIDEST_PX = 820

/**
 * A PDF in the page, on phones too, whose browsers show none by themselves.
 *
 * @param version another one is another file
 */
export default function DocumentView({ address, version, name }: { address: string; version: string; name: string }) {
  const file = useQuery({
    queryKey: [address, { version }],
    queryFn: async ({ signal }) => await (await ask(address, { signal })).arrayBuffer(),
    staleTime: Infinity
  })
  const opened = useOpened(file.data)
  const failure = file.error ?? opened.error
  if (failure !== null) return <Failed error={failure} onRetry={() => void file.refetch()} />
  if (file.data === undefined || opened.document === null) return <LoadingBlock />
  return (
    <div className="flex flex-col gap-3">
      <DownloadLink data={file.data} name={name} />
      <Pages document={opened.document} />
    </div>
  )
}

function DownloadLink({ data, name }: { data: ArrayBuffer; name: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([data], { type: 'application/pdf' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [data])
  return (
    <a
      href={url}
      download={`${name}.pdf`}
      className="inline-flex items-center gap-1.5 self-start font-medium text-link hover:underline"
    >
      <Download aria-hidden size={14} /> Download the PDF
    </a>
  )
}

function useOpened(data: ArrayBuffer | undefined): { document: PDFDocumentProxy | null; error: Error | null } {
  const [opened, setOpened] = useState<{ document: PDFDocumentProxy | null; error: Error | null }>({
    document: null,
    error: null
  })
  useEffect(() => {
    if (data === undefined) return
    // The worker takes the bytes over.
    const task = getDocument({ data: new Uint8Array(data.slice(0)), useWasm: false, enableXfa: false })
    let isWanted = true
    task.promise.then(
      (document) => {
        if (isWanted) setOpened({ document, error: null })
      },
      (error: unknown) => {
        if (isWanted) setOpened({ document: null, error: error instanceof Error ? error : new Error(String(error)) })
      }
    )
    return () => {
      isWanted = false
      void task.destroy()
    }
  }, [data])
  return opened
}

function Pages({ document }: { document: PDFDocumentProxy }) {
  const area = useRef<HTMLDivElement>(null)
  const width = Math.min(useWidth(area), WIDEST_PX)
  return (
    <div ref={area} className="flex flex-col gap-4">
      {width > 0
        ? Array.from({ length: document.numPages }, (_, index) => (
            <PageView key={index} document={document} number={index + 1} width={width} />
          ))
        : null}
    </div>
  )
}

function PageView({ document, number, width }: { document: PDFDocumentProxy; number: number; width: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [height, setHeight] = useState(width * Math.SQRT2)
  const [text, setText] = useState('')
  useEffect(() => {
    let stop: (() => void) | undefined
    let isWanted = true
    const draw = async (): Promise<void> => {
      const page = await document.getPage(number)
      const target = canvas.current
      if (!isWanted || target === null) return
      const scale = width / page.getViewport({ scale: 1 }).width
      const dense = Math.max(LEAST_DENSITY, window.devicePixelRatio || 1)
      const viewport = page.getViewport({ scale: scale * dense })
      target.width = Math.round(viewport.width)
      target.height = Math.round(viewport.height)
      setHeight(viewport.height / dense)
      const rendering = page.render({ canvas: target, viewport })
      stop = () => rendering.cancel()
      await rendering.promise
      const { items } = await page.getTextContent()
      if (isWanted) setText(items.map((item) => ('str' in item ? item.str : '')).join(' '))
    }
    // One that was stopped has nothing to say.
    draw().catch(() => undefined)
    return () => {
      isWanted = false
      stop?.()
    }
  }, [document, number, width])
  return (
    <figure aria-label={`Page ${String(number)} of ${String(document.numPages)}`} data-page={number}>
      {/* Its size in pixels is set where it is drawn: setting it again would wipe it. */}
      <canvas ref={canvas} aria-hidden style={{ height }} className="w-full rounded border border-border bg-white" />
      <figcaption className="sr-only">{text}</figcaption>
    </figure>
  )
}
