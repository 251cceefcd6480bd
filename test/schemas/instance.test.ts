import { createCompiler } from '../../src/core/registry/compiler';
import type { JsonObject } from '../../src/core/json';
import { openSchemaRegistry } from '../../src/schema-files';
import { createChance } from '../simulation/chance';
import { type Draw, drawInstance, turnsOf } from './instance';

const registry = openSchemaRegistry();

const resolve = (ref: string): JsonObject => {
  const [, subject = '', version] = /([^/]+)\/v(\d+)\.json$/.exec(ref) ?? [];
  return registry.versionsOf(subject)[Number(version) - 1]!;
};

const compiler = createCompiler();
const all = registry.subjects.flatMap(({ subject }) => registry.versionsOf(subject));
for (const schema of all) compiler.addSchema(schema);

const ways = (turns: number): readonly Draw[] =>
  Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) =>
    [0, 0.5, 1].map((presence) => ({
      chance: createChance(turn),
      presence,
      nulls: 0,
      turn: presence === 0.5 ? null : turn,
      resolve,
    })),
  );

test('whatever is drawn is valid, by JSON Schema itself', () => {
  const wrong = all.flatMap((schema) => {
    const check = compiler.getSchema(schema['$id'] as string)!;
    const drawn = ways(turnsOf(schema)).map((way) => drawInstance(schema, way));
    return drawn.filter((value) => !check(value)).map((value) => [schema['$id'], check.errors, value]);
  });
  expect(wrong).toEqual([]);
});

test('the same chance draws the same value, another draws another', () => {
  const schema = registry.versionsOf('v2.detail.events.conversation.user.end')[0]!;
  const draw = (seed: number): unknown =>
    drawInstance(schema, { chance: createChance(seed), presence: 0.5, nulls: 0.2, turn: null });
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('so many turns show every value of every enum', () => {
  const schema = registry.versionsOf('v2.detail.events.conversation.user.end').at(-1)!;
  const drawn = Array.from({ length: turnsOf(schema) }, (_, turn) =>
    drawInstance(schema, { chance: createChance(1), presence: 1, nulls: 0, turn }),
  ) as readonly JsonObject[];
  const properties = schema['properties'] as Readonly<Record<string, JsonObject>>;
  for (const [key, { enum: values }] of Object.entries(properties)) {
    if (values) expect(new Set(drawn.map((value) => value[key]))).toEqual(new Set(values as readonly string[]));
  }
});

test('a keyword that it does not know is refused, not passed over', () => {
  const draw: Draw = { chance: createChance(1), presence: 1, nulls: 0, turn: null };
  expect(() => drawInstance({ type: 'integer', multipleOf: 7 }, draw)).toThrow(/multipleOf/);
});
