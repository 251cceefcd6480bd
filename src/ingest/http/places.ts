/** Where something is to be had, and how it is asked for. */
export const places = {
  post: { path: '/v1/genesys/events', methods: ['POST'] },
  health: { path: '/healthz', methods: ['GET', 'HEAD'] },
  readiness: { path: '/readyz', methods: ['GET', 'HEAD'] },
  document: { path: '/openapi.json', methods: ['GET', 'HEAD'] },
} as const;

const pathOf = (url: string): string => url.replace(/\?.*$/s, '');

/** How a place that there is may be asked; null where there is none. */
export const methodsAt = (url: string): readonly string[] | null =>
  Object.values(places).find(({ path }) => path === pathOf(url))?.methods ?? null;

export const isPost = (request: { readonly method?: string | undefined; readonly url?: string | undefined }): boolean =>
  request.method === 'POST' && pathOf(request.url ?? '') === places.post.path;
