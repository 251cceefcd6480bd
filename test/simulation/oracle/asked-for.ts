import type { Extra, Plan } from '../history';
import { contentOf } from './content';
import type { SaidRecord } from './said-record';

/*
 * What an execution's input says beside the record and the details: who took part, and what was asked for, each with how it was
 * had and, where it was had, with what it is.
 */

type Said = Readonly<Record<string, unknown>>;

/** A field that it has where it is there. */
const fieldOf: Readonly<Record<Extra, string>> = {
  participantAttributes: 'participants',
  transcript: 'texts',
  sentiment: 'score',
};

const judgeExtra = (said: Said, name: Extra, isAsked: boolean): string | null => {
  const part = said[name];
  if (!isAsked) return part === undefined ? null : `expected no ${name}, which nobody asked for`;
  const { status, ...content } = (part ?? {}) as Said;
  const isThere = content[fieldOf[name]] !== undefined;
  if (status === 'complete') return isThere ? null : `expected the ${name} that is called complete, got none`;
  return ['absent', 'failed', 'omitted'].includes(String(status)) && !isThere
    ? null
    : `expected to be told how ${name} was had, got ${String(status)}`;
};

const judgeIdentities = ({ identities, identitiesOmitted }: Said, record: SaidRecord): string | null => {
  if (identitiesOmitted !== undefined) return null;
  const { externalContactIds, agentIds } = record as unknown as Readonly<Record<string, readonly string[]>>;
  const expected = [
    ...(externalContactIds ?? []).map((id) => `externalContact ${id}`),
    ...(agentIds ?? []).map((id) => `user ${id}`),
  ];
  const got = ((identities ?? []) as readonly Said[]).map(({ kind, id }) => `${String(kind)} ${String(id)}`);
  return contentOf(got) === contentOf(expected) ? null : 'expected every contact and agent of the record once, got others';
};

export const judgeAskedFor = ({ extras = [] }: Plan, said: Said, record: SaidRecord): readonly (string | null)[] => [
  judgeIdentities(said, record),
  ...(Object.keys(fieldOf) as Extra[]).map((name) => judgeExtra(said, name, extras.includes(name))),
];
