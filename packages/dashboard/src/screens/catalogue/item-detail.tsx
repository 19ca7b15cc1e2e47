import { Button } from '@heroui/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { toast } from 'sonner'
import { readOfOne } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { Refusal } from '../../design/field.tsx'
import { Fact, Facts } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Look } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { may } from '../../words/access.ts'
import { decimalText, moneyText } from '../../words/money.ts'
import { offeredLook } from './catalogue-list.tsx'
import { useAskCatalogue } from './ask-catalogue.ts'
import { ItemDialog, type CatalogueItem } from './item-dialog.tsx'

/** One service: its price and tax, changed or taken out of the catalogue. */
export default function ItemDetail() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(readOfOne('/v1/catalogue-items/{id}', id))
  return (
    <DetailPanel title={found.data?.name ?? 'A service'} kicker="Service" back="/catalogue">
      <Loaded read={found}>{(item) => <Body key={item.id} item={item} />}</Loaded>
    </DetailPanel>
  )
}

function Body({ item }: { item: CatalogueItem }) {
  const ask = useAskCatalogue()
  const mayChange = may(useMe(), 'commands')
  const [changing, setChanging] = useState(false)
  const body = { itemId: item.id, archived: !item.archived }
  const archive = useMutation({
    mutationFn: () => ask('ArchiveCatalogueItem', body),
    onSuccess: () => toast.success(item.archived ? `${item.name} is offered again` : `${item.name} is archived`)
  })
  return (
    <>
      <Facts>
        <Fact name="State">
          <Look look={offeredLook(item.archived)} />
        </Fact>
        <Fact name="Price">
          <span className="tnum">{moneyText(item.unitPrice, item.currency)}</span> before tax
        </Fact>
        <Fact name="Tax">
          <span className="tnum">{decimalText(item.taxRate)} %</span>
        </Fact>
        <Fact name="Version">
          {item.version}, <Time at={item.changedAt} />
        </Fact>
      </Facts>
      {item.archived ? <p className="text-muted">No new line takes it. Invoices that have it keep it.</p> : null}
      {mayChange ? (
        <div className="flex flex-wrap gap-2">
          {item.archived ? null : (
            <Button size="sm" variant="secondary" onPress={() => setChanging(true)}>
              Change
            </Button>
          )}
          <Button size="sm" variant="secondary" isDisabled={archive.isPending} onPress={() => archive.mutate()}>
            {item.archived ? 'Offer again' : 'Archive'}
          </Button>
        </div>
      ) : null}
      <Refusal>{archive.isError ? archive.error.message : null}</Refusal>
      {changing ? <ItemDialog known={item} onClose={() => setChanging(false)} /> : null}
    </>
  )
}
