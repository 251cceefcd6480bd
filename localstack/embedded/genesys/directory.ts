import type { UnknownIds } from './analytics';
import { apiError, type Answer } from './errors';
import type { Route } from './question';
import type { Switches } from './unverified';

export interface Named {
  readonly id: string;
  readonly name: string;
  /** Of users; default active. */
  readonly state?: 'active' | 'inactive' | 'deleted';
}

/** What ids stand for. */
export interface Directory {
  readonly users: readonly Named[];
  readonly queues: readonly Named[];
  readonly wrapUpCodes: readonly Named[];
}

export const emptyDirectory: Directory = { users: [], queues: [], wrapUpCodes: [] };

interface State {
  readonly directory: Directory;
  readonly unknownIds: UnknownIds;
  readonly switches: Switches;
}

const wholeNumber = (text: string | null, otherwise: number): number => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : otherwise);

const isShown = ({ state = 'active' }: Named, wanted: string): boolean => wanted === 'any' || wanted === state;

const pageOf = (listed: readonly Named[], pageSize: number, pageNumber: number): Answer => ({
  status: 200,
  body: {
    entities: listed.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    total: listed.length,
    pageCount: Math.ceil(listed.length / pageSize),
  },
});

/** A list in pages, or the entries of the ids that are named; users but active ones only where they are asked for. */
const answerOf = (state: State, kind: keyof Directory, query: URLSearchParams): Answer => {
  const pageSize = wholeNumber(query.get('pageSize'), 25);
  const pageNumber = wholeNumber(query.get('pageNumber'), 1);
  if (pageSize < 1 || pageNumber < 1) return apiError('invalid.value', 'Expected a page from 1 on');
  if (pageSize > 100 && state.switches.pageOver100 === 'refused') return apiError('invalid.value', 'Page size is over 100');
  const all = state.directory[kind];
  // Repeated, not in a list with commas: `multi` in the public SDKs.
  const ids = query.getAll('id');
  const named = ids.flatMap((id) => {
    const known = all.find((each) => each.id === id);
    return known ?? (state.unknownIds === 'synthesize' ? { id, name: `${kind} ${id.slice(0, 8)}` } : []);
  });
  if (named.length < ids.length && state.switches.unknownIdInDirectory === 'not-found')
    return apiError('not.found', 'The requested resource was not found.');
  const wanted = kind === 'users' ? (query.get('state') ?? 'active') : 'any';
  return pageOf(
    (ids.length > 0 ? named : all).filter((each) => isShown(each, wanted)),
    Math.min(pageSize, state.switches.pageOver100 === 'cut' ? 100 : pageSize),
    pageNumber,
  );
};

export const directoryRoutes = ({ state }: { readonly state: State }): readonly Route[] => {
  const route = (path: RegExp, kind: keyof Directory, permissions: readonly string[]): Route => ({
    method: 'GET',
    path,
    permissions,
    answer: ({ url }) => answerOf(state, kind, url.searchParams),
  });
  return [
    // Verified: this one asks for no permission.
    route(/^\/api\/v2\/users$/, 'users', []),
    route(/^\/api\/v2\/routing\/queues$/, 'queues', ['routing:queue:view']),
    route(/^\/api\/v2\/routing\/wrapupcodes$/, 'wrapUpCodes', ['routing:wrapupCode:view']),
  ];
};
