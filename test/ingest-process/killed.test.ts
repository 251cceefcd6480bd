import { join } from 'node:path';
import { endAll, freePort, secrets, setWorld, startOne, until, type OneDoor } from './one-door';
import { badWeather, type Moment, moments, untilMoment } from './moments';
import { brokenPromises, emptyQueue, lostBodies, type Lying } from './queue-contents';
import { openSenders } from './senders';

afterAll(endAll);

/** A bound for a run that is stuck; it takes half a minute on a machine that does nothing else. */
const patienceMs = 600_000;

const world = setWorld();
const senderCount = 16;
/** Other posts are accepted while one call of the door that is to die is held. */
const meanwhile = 10;

/** How many times around all moments. A handful of minutes: `ROUNDS=20 npx jest test/ingest-process/killed.test.ts`. */
const rounds = Number(process.env['ROUNDS'] ?? 1);

interface Story {
  readonly senders: ReturnType<typeof openSenders>;
  /** Posts that waited for an answer, at each kill. */
  readonly hit: readonly number[];
  readonly lying: readonly Lying[];
}

/** Senders post all the while; doors come and die, each at its moment, and the last one is told to go. */
const tell = async (deaths: readonly Moment[], args: readonly string[] = []): Promise<Story> => {
  const { stage, aws } = await world;
  const port = await freePort();
  const senders = openSenders(`http://127.0.0.1:${port}`, secrets.bearer);
  const hit: number[] = [];
  let isOver = false;
  const sending = senders.send(senderCount, () => isOver);
  const weather = badWeather('killed');

  const die = async (door: OneDoor): Promise<void> => {
    const before = senders.accepted().length;
    await until(() => senders.accepted().length >= before + meanwhile);
    hit.push(senders.inFlight());
    door.kill();
    await door.end();
  };
  for (const [at, moment] of deaths.entries()) {
    const door = await startOne(await world, { port, args });
    await new Promise<void>((died) => {
      aws.go(untilMoment(weather, moment, 3 + (at % 4), () => die(door).then(died)));
    });
  }
  const last = await startOne(await world, { port, args });
  const before = senders.accepted().length;
  aws.go({ fate: weather });
  await until(() => senders.accepted().length >= before + 10 * meanwhile);
  isOver = true;
  aws.go();
  await sending;
  last.signal();
  expect((await last.end()).exit).toBe('0');
  return { senders, hit, lying: await emptyQueue(stage.clients.sqs, stage.places.queueUrl) };
};

test(
  'what was answered is in the queue: that message, that body, that key, though doors are killed and SQS fails in between',
  async () => {
    const deaths = Array.from({ length: rounds }, () => moments).flat();
    const { senders, hit, lying } = await tell(deaths);
    const accepted = senders.accepted();
    expect(brokenPromises(accepted, lying)).toEqual([]);
    // A test in which nothing happens proves nothing: each kill hit posts, some were cut off, some were told to come again.
    expect(hit.every((posts) => posts > 0)).toBe(true);
    const statuses = new Set(senders.attempts().map(({ answer }) => answer?.status ?? null));
    expect([...statuses]).toEqual(expect.arrayContaining([200, 503, null]));
    expect([...statuses].filter((status) => ![200, 503, null].includes(status))).toEqual([]);
    expect(new Set(accepted.map(({ body }) => body)).size).toBeGreaterThan(100);
    console.info(
      `${deaths.length} kills hit ${hit.join(', ')} posts in flight; ${accepted.length} posts accepted in ${senders.attempts().length} attempts; ` +
        `${lying.length} messages in the queue.`,
    );
  },
  patienceMs,
);

test(
  'a door that answers before the queue has it is found out',
  async () => {
    const { senders, lying } = await tell(moments.slice(0, 1), ['--require', join(__dirname, 'answer-early.cjs')]);
    expect(lostBodies(senders.accepted(), lying)).not.toEqual([]);
  },
  patienceMs,
);
