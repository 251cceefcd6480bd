import { brokenProtocols } from './exhaustive/broken';
import { smallWorlds } from './exhaustive/small-worlds';
import { timelineOf } from './exhaustive/timeline';
import type { Breakage } from './exhaustive/units';
import { type Walk, walk } from './exhaustive/walk';

const asked = smallWorlds[0]!;
const unbroken: Breakage = (outside) => outside;

/** What is wrong, with the way to it. */
const verdictOf = ({ violation }: Walk): string =>
  violation ? `${violation.breaches.join('\n')}\n${timelineOf(violation.schedule)}` : 'every promise is kept';

test('whatever two workers do in which order, with one preemption and one crash or lost answer, every promise is kept', async () => {
  const walked = await walk({ world: asked, breakage: unbroken }, { preemptions: 1, faults: 1 });
  expect(verdictOf(walked)).toBe('every promise is kept');
  expect(walked.ends).toBeGreaterThan(100);
});

test.each(smallWorlds.slice(1))('without a fault, one preemption breaks no promise: $name', async (world) => {
  const walked = await walk({ world, breakage: unbroken }, { preemptions: 1, faults: 0 });
  expect(verdictOf(walked)).toBe('every promise is kept');
});

test('the same bounds always lead to the same places', async () => {
  const once = async () => walk({ world: asked, breakage: unbroken }, { preemptions: 1, faults: 0 });
  expect(await once()).toEqual(await once());
});

/** The smallest bounds that show it: the way to it is the easier to read. */
const findBroken = async (breakage: Breakage): Promise<Walk> => {
  for (const [preemptions, faults] of [
    [0, 0],
    [1, 0],
    [2, 0],
    [1, 1],
  ] as const) {
    const walked = await walk({ world: asked, breakage }, { preemptions, faults });
    if (walked.violation) return walked;
  }
  throw new Error('Expected a broken protocol to break a promise.');
};

test.each(brokenProtocols)('a mistake is found, with the way to it: $name', async ({ breakage }) => {
  const { violation } = await findBroken(breakage);
  expect(violation!.breaches.join()).toMatch(/^promise \d/);
  expect(timelineOf(violation!.schedule)).toMatch(/^ {2}1 {2}worker \d admit/);
});
