import { lazyRouteComponent } from '@tanstack/react-router'

/** The canvas with the graph's library, loaded where there is room for it. */
export const LazyFlowCanvas = lazyRouteComponent(() => import('./flow-canvas.tsx'))
