import { measureBacklog, printBacklog } from './backlog';

test('half an hour of backlog, with workers killed while it drains, makes no revision late that its traffic does not', async () => {
  const figures = await measureBacklog();
  const { live, backlog, wallClock } = figures;
  // Else nothing was measured: the traffic is late by itself, workers died, and all came to rest.
  expect(live.lateRevisions).toBeGreaterThan(5);
  expect(backlog.kills).toBeGreaterThan(10);
  for (const { quietAfterMs } of [live, backlog, wallClock]) expect(quietAfterMs).not.toBeNull();

  expect(live.unexplained).toBe(0);
  expect(backlog.unexplained).toBe(0);
  expect(backlog.lateRevisions).toBeLessThanOrEqual(live.lateRevisions);
  expect(wallClock.unexplained).toBeGreaterThan(2);
  expect(wallClock.lateRevisions).toBeGreaterThan(backlog.lateRevisions);
  expect(printBacklog(figures).split('\n')).toHaveLength(4);
}, 600_000);
