import { foldConversation } from '../../../src/core/conversation/fold';
import { anEvent, minute } from '../../factories';
import { registry } from '../../outside';
import { mapperOf } from '../../../src/steps/reconstruct';

const agent = { participant: 'agent-1', session: 'agent-session-1' };
const user = { userId: 'user-1' };

/** One session of one agent, opened again and again, an hour apart. */
const opening = (index: number) => [
  anEvent({ ...agent, type: 'user.start', at: minute(60 * index), body: user }),
  anEvent({ ...agent, type: 'user.end', at: minute(60 * index + 5), body: { ...user, interactingDurationMs: 1_000 } }),
];

const workAfter = (index: number) => anEvent({ ...agent, type: 'acw', at: minute(60 * index + 6), body: user });

const awaits = (openings: number, worked: readonly number[]): boolean => {
  const opened = Array.from({ length: openings }, (_, index) => opening(index)).flat();
  return foldConversation([...opened, ...worked.map(workAfter)], mapperOf(registry)).awaitsAfterCallWork;
};

test.each([1, 2, 3, 7, 8, 9])(
  'of a session that opened %i times, the work after an opening settles it and those before it',
  (openings) => {
    const last = openings - 1;
    expect(awaits(openings, [])).toBe(true);
    for (let index = 0; index < openings; index++) expect([index, awaits(openings, [index])]).toEqual([index, index < last]);
  },
);

test('work that lies before every opening of its session settles none of them', () => {
  expect(awaits(5, [-1])).toBe(true);
});

test('that an opening ends before the next one begins holds for the last moment, too', () => {
  const atOnce = anEvent({ ...agent, type: 'acw', at: minute(60), body: user });
  const events = [...opening(0), ...opening(1), atOnce];
  expect(foldConversation(events, mapperOf(registry)).awaitsAfterCallWork).toBe(false);
});
