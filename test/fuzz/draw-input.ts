import { registry } from '../outside';
import { driftOnce } from '../schemas/drifted';
import { type Chance, createChance } from '../simulation/chance';
import * as attacks from './attacks';
import { bend } from './bend';
import { huge } from './huge';
import { roughJson } from './rough-json';
import { scratch } from './scratch';
import { carry, drawPayload, drawSound, drawSubject, wrapped } from './sound';

export interface Input {
  readonly body: string;
  readonly allowedSources: readonly string[];
  /** What was done to it, for whoever reads the report. */
  readonly kind: string;
}

const sound: attacks.Attack = (chance) => JSON.stringify(drawSound(chance));

const drifted: attacks.Attack = (chance) => {
  const subject = drawSubject(chance);
  const schema = registry.versionsOf(subject.subject).at(-1) ?? {};
  const payload = Array.from({ length: chance.whole(1, 5) }).reduce<ReturnType<typeof drawPayload>>(
    (sofar) => driftOnce(schema, sofar, [], chance)?.value ?? sofar,
    drawPayload(subject, chance),
  );
  return JSON.stringify(carry(subject, payload, chance));
};

const bent: attacks.Attack = (chance) => {
  const rough = roughJson();
  return rough.write(bend(drawSound(chance), { chance, rough }));
};

const scratched: attacks.Attack = (chance) => scratch(sound(chance), chance);

/** How often, out of the sum of all. */
const kinds: readonly (readonly [string, number, attacks.Attack])[] = [
  ['as it should be', 160, sound],
  ['drifted', 220, drifted],
  ['bent', 700, bent],
  ['scratched', 400, scratched],
  ['bent and scratched', 60, (chance) => scratch(bent(chance), chance)],
  ['deeply nested', 60, attacks.deep],
  ['in many wrappers', 30, attacks.wrappers],
  ['with a strange topic', 60, attacks.topics],
  ['against regular expressions', 120, attacks.regularExpressions],
  ['with long ids', 30, attacks.longIds],
  ['with many details', 60, attacks.manyDetails],
  ['of an unknown type', 30, attacks.unknownTypes],
  ['no message', 60, attacks.noMessage],
  ['too large', 2, attacks.tooLarge],
  ['huge', 1, huge],
];

const sum = kinds.reduce((total, [, weight]) => total + weight, 0);

export const inputKinds = kinds.map(([kind]) => kind);

const drawKind = (chance: Chance): (typeof kinds)[number] => {
  let left = chance.fraction() * sum;
  const found = kinds.find(([, weight]) => (left -= weight) < 0) ?? kinds[0];
  if (!found) throw new Error('Expected kinds of inputs, found none.');
  return found;
};

const ours = 'aws.partner/genesys.com/cloud/32aa07aa';

/** Most installations name no sources. */
const drawAllowedSources = (chance: Chance): readonly string[] =>
  chance.is(0.92) ? [] : chance.pick([[ours], [ours], ['aws.partner/genesys.com/cloud/another', 'genesys.cloud']]);

/** Input number `index` of a seed: the same for ever, on every machine, whatever was drawn before. */
export const drawInput = (seed: number, index: number): Input => {
  const chance = createChance(Math.imul(seed, 0x9e3779b1) ^ index);
  const allowedSources = drawAllowedSources(chance);
  const [kind, , draw] = drawKind(chance);
  const text = draw(chance);
  const body = chance.is(0.1) && text.length < 100_000 ? wrapped(text, chance.whole(1, 2), chance) : text;
  return { body, allowedSources, kind };
};
