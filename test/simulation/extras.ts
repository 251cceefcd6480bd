import type { ExtraAnswer } from '../../src/core/genesys-answers';
import type { JsonObject } from '../../src/core/json';
import type { Clock, ConversationExtra } from '../../src/ports';
import { createChance } from './chance';
import type { Extra, Plan } from './history';

/** No two answers are alike: whoever asks again has other bytes. */
const createValues = ({ canaries }: Plan): Readonly<Record<Extra, () => JsonObject>> => {
  let told = 0;
  // Customer data, as the rest is.
  const text = (): string => `${(told += 1)} ${canaries[0] ?? ''}`;
  return {
    participantAttributes: () => ({
      participants: [{ participantId: 'participant', purpose: 'customer', attributes: { note: text() } }],
      truncated: false,
    }),
    transcript: () => ({ language: 'en-us', texts: [text()], truncated: false, phrases: told }),
    sentiment: () => ({ score: 1 / (told += 1), trend: null }),
  };
};

/** What else Genesys knows of a conversation, each part with its own delays and troubles. */
export const laggingExtras = (plan: Plan, clock: Clock, isDown: () => boolean): readonly ConversationExtra[] => {
  // Chance of its own: a history that asks for nothing more stays as it is.
  const chance = createChance(plan.seed ^ 0x2545f491);
  const { absent, unavailable, refused, slow } = plan.weather.genesys;
  const values = createValues(plan);
  const answerOf = (name: Extra): ExtraAnswer => {
    if (isDown()) return { kind: 'unavailable', why: 'ECONNREFUSED', retryAfterMs: 30_000 };
    if (chance.is(unavailable))
      return { kind: 'unavailable', why: 'too.many.requests', retryAfterMs: chance.whole(1, 60) * 1_000, isThrottle: true };
    if (chance.is(absent)) return chance.is(0.2) ? { kind: 'absent', isFinal: true } : { kind: 'absent' };
    return chance.is(refused) ? { kind: 'refused', why: 'missing.permissions' } : { kind: 'found', value: values[name]() };
  };
  return (plan.extras ?? []).map((name) => ({
    name,
    fetch: async () => {
      if (chance.is(slow)) await clock.sleep(29_000);
      return answerOf(name);
    },
  }));
};
