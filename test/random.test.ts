import { lifeTails, makeLife } from '../src/core/life';
import { replayRandom, seededRandom } from '../src/memory/random';
import type { Random } from '../src/ports';
import { systemRandom } from '../src/random';

const nowMs = Date.UTC(2026, 5, 1);
const draws = <T>(count: number, draw: () => T): readonly T[] => Array.from({ length: count }, draw);

describe.each<[string, Random]>([
  ["the system's chance", systemRandom],
  ['seeded chance', seededRandom(7)],
])('%s', (_name, random) => {
  test('a fraction is from 0 up to 1, and covers the range', () => {
    const fractions = draws(2_000, random.fraction);
    expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
    expect(Math.min(...fractions)).toBeLessThan(0.05);
    expect(Math.max(...fractions)).toBeGreaterThan(0.95);
  });

  test('an id is 128 bits in hex, and no two are alike', () => {
    const ids = draws(1_000, random.id);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a life is 16 characters of [0-9a-z], and no two of one conversation are alike', () => {
    const lives = draws(1_000, () => random.life(nowMs, 'one'));
    expect(lives.every((life) => /^[0-9a-z]{16}$/.test(life))).toBe(true);
    expect(new Set(lives).size).toBe(lives.length);
  });

  test('lives sort by the time they began', () => {
    const times = [0, 1, 36, 1_000, nowMs, nowMs + 1, 2 * nowMs];
    const lives = times.map((time) => random.life(time, 'one'));
    expect([...lives].sort()).toEqual(lives);
  });
});

test('golden: a life is 9 characters of time and 7 of tail', () => {
  expect(makeLife(Date.UTC(2026, 0, 1), 35)).toBe('0mjuohs00000000z');
  expect(makeLife(0, lifeTails - 1)).toBe('000000000zzzzzzz');
});

test('one seed is one sequence', () => {
  const sequence = (seed: number): readonly unknown[] => {
    const random = seededRandom(seed);
    return draws(5, () => [random.fraction(), random.id(), random.life(nowMs, 'one')]);
  };
  expect(sequence(42)).toEqual(sequence(42));
  expect(sequence(42)).not.toEqual(sequence(43));
});

test("replay's life follows from the conversation alone", () => {
  const [first, second] = [replayRandom(1), replayRandom(2)];
  expect(first.life(nowMs, 'one')).toBe(second.life(nowMs + 1, 'one'));
  expect(first.life(nowMs, 'one')).not.toBe(first.life(nowMs, 'two'));
  expect(first.life(nowMs, 'one')).toMatch(/^[0-9a-z]{16}$/);
});
