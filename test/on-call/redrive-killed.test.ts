import fc from 'fast-check';
import { countRedrive } from '../../src/core/on-call/redrive-counts';
import type { RunEnd } from '../../src/on-call/redrive-run';
import { type Death, fill, type RedriveWorld, redriveWorld } from './redrive-world';

/* Redrives that are killed at any step, again and again, and resumed. */

const death = fc.record({ step: fc.integer({ min: 1, max: 120 }), how: fc.constantFrom<Death['how']>('before', 'after') });

interface Broken {
  readonly bodies: readonly string[];
  readonly deaths: readonly Death[];
}

/** Whatever is done last: every letter is somewhere. */
const assertNoneIsLost = (world: RedriveWorld, bodies: readonly string[]): void => {
  for (const body of bodies) {
    const { lying, onItsWay, admitted } = world.whereIs(body);
    if (lying + onItsWay + admitted === 0) throw new Error(`${body} is in neither queue, and nobody has admitted it.`);
  }
};

const runToItsEnd = async (world: RedriveWorld, { bodies, deaths }: Broken): Promise<RunEnd> => {
  for (const one of deaths) {
    const end = await world.run({ death: one });
    assertNoneIsLost(world, bodies);
    if (end !== 'died' && end !== null && end.state === 'done') return end;
    if (end === null) throw new Error('Expected a dead process to leave its job within a lease.');
  }
  const end = await world.run();
  if (end === null || end === 'died') throw new Error('Expected the last one to end.');
  return end;
};

test('killed at any step and resumed, none is lost, none is sent more often than it was killed, and the accounts are exact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.array(death, { minLength: 1, maxLength: 4 }),
      fc.record({
        /** Every tenth letter, from here, is refused; 0: none is. */
        bad: fc.integer({ min: 0, max: 9 }),
        /** Letters a second: from 200 on several batches are under way at once. */
        perSecond: fc.constantFrom(50, 500),
        /** So many calls leave one letter that was to be removed. */
        misses: fc.integer({ min: 0, max: 2 }),
      }),
      async (seed, deaths, { bad, perSecond, misses }) => {
        let missed = 0;
        const bodies = Array.from({ length: 30 }, (_, n) => `body-${String(n)}`);
        const isBad = (body: string): boolean => bad > 0 && Number(body.split('-')[1]) % 10 === bad;
        const world: RedriveWorld = redriveWorld({
          seed,
          refuses: (body) => (isBad(body) ? 'invalid' : null),
          afterEach: () => assertNoneIsLost(world, bodies),
          queue: { notRemoved: (held) => ((missed += 1) <= misses ? held.slice(0, 1) : []) },
        });
        fill(world, 5, 'other');
        const letters = fill(world, 30);
        await world.select(
          letters.map(({ id }) => id),
          { stopAt: 1, perSecond },
        );
        let end = await runToItsEnd(world, { bodies, deaths });
        // The first rung allows no refusal: whoever resumes tries another.
        for (let again = 0; end.state !== 'done' && again < 30; again += 1)
          end = await runToItsEnd(world, { bodies, deaths: [] });

        const refused = bodies.filter(isBad).length;
        const expected = { selected: 30, moved: 30, skipped: 0, failed: 0, left: 0, unanswered: 0 };
        expect(end).toEqual({ state: 'done', because: null, counts: { ...expected, refused, admitted: 30 - refused } });
        const [moves, outcomes] = [await world.jobs.movesOf('job'), await world.jobs.outcomesOf('job')];
        const noted = new Map(moves.map((move) => [move.id, move]));
        expect(countRedrive(30, noted, new Map(outcomes.map((one) => [one.letter, one])))).toEqual(end.counts);
        for (const body of bodies) {
          expect(world.sentOf(body)).toBeLessThanOrEqual(deaths.length + 1);
          const { lying, onItsWay, admitted } = world.whereIs(body);
          expect({ body, onItsWay, isLying: lying > 0, isAdmitted: admitted > 0 }).toEqual({
            body,
            onItsWay: 0,
            isLying: isBad(body),
            isAdmitted: !isBad(body),
          });
        }
        expect(world.queue.lying().filter(({ body }) => body.startsWith('other'))).toHaveLength(5);
        expect((await world.queue.count()).hidden).toBe(0);
      },
    ),
    { numRuns: 50, seed: 7 },
  );
});
