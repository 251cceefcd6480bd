import type { NameKind, Refused, Unavailable } from '../core/genesys-answers';
import { isObject, objectsIn, textOrNull, type JsonObject } from '../core/json';
import type { ApiAnswer, GenesysClient } from './client';

/*
 * Where Genesys keeps names. Paths, permissions, pages of 25 unless told otherwise, and ids as a parameter that is repeated are as
 * Genesys's public SDKs have them (platform-client-sdk-javascript, build/docs: UsersApi, RoutingApi). A list of users holds the active
 * ones unless it is asked for any; conversations know those, too, who have left.
 */

interface Place {
  readonly path: string;
  readonly permission: string;
  readonly ofAnyState: string;
}

const places: Readonly<Record<NameKind, Place>> = {
  user: { path: '/api/v2/users', permission: 'any permission (this call asks for none)', ofAnyState: '&state=any' },
  queue: { path: '/api/v2/routing/queues', permission: 'routing:queue:view', ofAnyState: '' },
  wrapUpCode: { path: '/api/v2/routing/wrapupcodes', permission: 'routing:wrapupCode:view', ofAnyState: '' },
};

/** Most that public code asks for at once. */
const pageSize = 100;

export type Listed =
  | { readonly kind: 'names'; readonly names: ReadonlyMap<string, string>; readonly isLast: boolean }
  /** This question as it stands. */
  | { readonly kind: 'unacceptable' }
  | Refused
  | Unavailable;

export interface NameDirectory {
  readonly page: (kind: NameKind, pageNumber: number) => Promise<Listed>;
  readonly byId: (kind: NameKind, ids: readonly string[]) => Promise<Listed>;
}

const namesIn = (body: JsonObject): ReadonlyMap<string, string> =>
  new Map(
    objectsIn(body['entities']).flatMap((entity) => {
      const id = textOrNull(entity['id']);
      const name = textOrNull(entity['name']);
      return id === null || name === null ? [] : [[id, name] as const];
    }),
  );

/** A list that does not count its pages ends with an empty one. */
const isLastPage = ({ pageCount, entities }: JsonObject, pageNumber: number): boolean =>
  typeof pageCount === 'number' ? pageNumber >= pageCount : objectsIn(entities).length === 0;

const noList: Unavailable = { kind: 'unavailable', why: 'expected a list of names, got other JSON', retryAfterMs: 60_000 };

const toListed = (answer: ApiAnswer, pageNumber: number): Listed => {
  if (answer.kind === 'unacceptable') return { kind: 'unacceptable' };
  if (answer.kind !== 'ok') return answer;
  if (!isObject(answer.body)) return noList;
  return { kind: 'names', names: namesIn(answer.body), isLast: isLastPage(answer.body, pageNumber) };
};

export const nameDirectory = (client: GenesysClient): NameDirectory => {
  // Names wait for whatever else is asked of Genesys.
  const ask = async (kind: NameKind, query: string, pageNumber: number): Promise<Listed> => {
    const { path, permission } = places[kind];
    const url = `${path}?pageSize=${pageSize}&pageNumber=${pageNumber}${query}`;
    return toListed(await client.send({ path: url, permission, resource: 'names', purpose: 'reconciliation' }), pageNumber);
  };
  return {
    page: (kind, pageNumber) => ask(kind, '', pageNumber),
    byId: (kind, ids) => ask(kind, places[kind].ofAnyState + ids.map((id) => `&id=${encodeURIComponent(id)}`).join(''), 1),
  };
};
