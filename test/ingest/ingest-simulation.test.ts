import { judgePosts, playPosts } from './engine/history';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

test.each(seeds)('whatever befalls the queue and the table, the door keeps every promise (seed %i)', async (seed) => {
  expect(judgePosts(await playPosts(seed))).toEqual([]);
});

test('these histories see what they are about', async () => {
  const seen = new Map<string, number>();
  for (const seed of seeds.slice(0, 60)) {
    const { said, settings, queue } = await playPosts(seed);
    for (const { outcome } of said) {
      const what =
        outcome.kind === 'accepted' ? `accepted ${outcome.repeated}` : outcome.kind === 'refused' ? 'refused' : outcome.why;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
    const most = Math.max(...queue.writes());
    seen.set(`writes of ${most}`, 1);
    seen.set(`timeout ${settings.timeoutMs}`, 1);
  }
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining([
      'accepted false',
      'accepted true',
      'refused',
      'queue-away',
      'overloaded',
      'too-slow',
      'writes of 10',
      'timeout 500',
    ]),
  );
});
