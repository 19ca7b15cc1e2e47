import { list } from '../config/setting.ts'

/** For every service that calls vendors: which addresses inside may be called. */
export const privateHosts = list('OUTBOUND_PRIVATE_HOSTS', {
  description:
    'hosts, addresses and networks inside that addresses of vendors may lead to, as for simulators or a model of your own; any other private address is refused',
  example: 'llm.internal,10.1.0.0/16',
  default: []
})
