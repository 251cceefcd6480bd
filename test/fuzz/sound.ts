import type { JsonObject } from '../../src/core/json';
import type { EventSubject } from '../../src/core/schema-registry';
import { registry } from '../outside';
import { carriersOf, inLambdaFailure, inNotification, isCarried } from '../schemas/carried';
import { drawInstance } from '../schemas/instance';
import type { Chance } from '../simulation/chance';

/* What the fuzzer starts from: messages as they should be, of every subject, with any of its versions. */

const carried = registry.eventSubjects.filter(isCarried);
const reconstructed = carried.filter(({ action }) => action === 'reconstruct');

/** Most are reconstructed: there is most to break. */
export const drawSubject = (chance: Chance): EventSubject => {
  const subjects = chance.is(0.8) ? reconstructed : carried;
  const subject = subjects[chance.whole(0, subjects.length - 1)];
  if (!subject) throw new Error('Expected subjects in the registry, found none.');
  return subject;
};

export const drawPayload = ({ subject }: EventSubject, chance: Chance): JsonObject => {
  const versions = registry.versionsOf(subject);
  const schema = versions[chance.whole(0, versions.length - 1)] ?? {};
  return drawInstance(schema, { chance, presence: chance.pick([0.2, 0.5, 1]), nulls: 0.1, turn: null }) as JsonObject;
};

export const carry = (subject: EventSubject, payload: JsonObject, chance: Chance): JsonObject => {
  const carriers = carriersOf(subject, payload);
  return chance.pick(carriers);
};

export const drawSound = (chance: Chance): JsonObject => {
  const subject = drawSubject(chance);
  return carry(subject, drawPayload(subject, chance), chance);
};

/** In so many wrappers, of either kind. Texts in texts double their backslashes: no more of those than fit a message. */
export const wrapped = (text: string, count: number, chance: Chance): string =>
  Array.from({ length: count }).reduce<string>(
    (inside) => (chance.is(0.5) && inside.length < 100_000 ? inNotification(inside) : inLambdaFailure(inside)),
    text,
  );
