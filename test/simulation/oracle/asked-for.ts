import type { Extra, Plan } from '../history';

/* What was asked of Genesys beside the details: an execution's input says how each part was had and, where it was, what it is. */

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

export const judgeAskedFor = ({ extras = [] }: Plan, said: Said): readonly (string | null)[] =>
  (Object.keys(fieldOf) as Extra[]).map((name) => judgeExtra(said, name, extras.includes(name)));
