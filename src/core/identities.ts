import type { RecordContent } from './record';

/** One user or external contact, however many participants of the conversation it was. */
export interface Identity {
  readonly kind: 'externalContact' | 'user';
  /** Genesys's id. */
  readonly id: string;
  /** Sorted; none where only the conversation names it. */
  readonly participantIds: readonly string[];
  /** Of a user whose name is known. */
  readonly name?: string;
}

type Who = Pick<Identity, 'kind' | 'id'>;
/** A mention; null where it does not say as which participant. */
type Mention = Who & { readonly participantId: string | null };

/** An agent who was consulted, left and came again is several participants, and so may a participant be several agents. */
const mentionsIn = ({ participants, sessions, agentIds, externalContactIds }: RecordContent): readonly Mention[] => [
  ...[...participants, ...sessions].flatMap(({ userId, participantId }) =>
    userId === null ? [] : [{ kind: 'user', id: userId, participantId } as const],
  ),
  ...participants.flatMap(({ externalContactIds: ids, participantId }) =>
    ids.map((id) => ({ kind: 'externalContact', id, participantId }) as const),
  ),
  ...agentIds.map((id) => ({ kind: 'user', id, participantId: null }) as const),
  ...externalContactIds.map((id) => ({ kind: 'externalContact', id, participantId: null }) as const),
];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byKindAndId = (a: Who, b: Who): number => byText(a.kind, b.kind) || byText(a.id, b.id);

/** Who took part, sorted by kind, then id: of what the events say alone, but for the names. */
export const identitiesOf = (content: RecordContent, names: Readonly<Record<string, string>> = {}): readonly Identity[] => {
  const found = new Map<string, Who & { readonly participantIds: Set<string> }>();
  for (const { kind, id, participantId } of mentionsIn(content)) {
    const key = `${kind} ${id}`;
    const known = found.get(key) ?? { kind, id, participantIds: new Set() };
    if (participantId !== null) known.participantIds.add(participantId);
    found.set(key, known);
  }
  const nameOf = ({ kind, id }: Who): { readonly name?: string } =>
    kind === 'user' && Object.hasOwn(names, id) ? { name: names[id] ?? '' } : {};
  return [...found.values()]
    .sort(byKindAndId)
    .map((who) => ({ kind: who.kind, id: who.id, participantIds: [...who.participantIds].sort(), ...nameOf(who) }));
};
