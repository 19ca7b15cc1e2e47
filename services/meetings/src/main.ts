import { runService } from '@leadlog/service'
import { meetings } from './service.ts'

await runService(meetings)
