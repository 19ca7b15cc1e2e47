import { runService } from '@leadlog/service'
import { enrichment } from './service.ts'

await runService(enrichment)
