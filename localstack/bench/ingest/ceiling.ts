import { setWeather } from '../backend/control';
import type { Reading } from '../reading';
import { generate } from '../generate/run';
import { readBodies } from '../generate/bodies';
import type { Bench } from '../subject';
import type { Backend } from '../backend/start';

const batch = 10;

/** What the backend itself takes, without a round trip: full batches as the door would write them, made beforehand. */
export const measureCeiling = async ({ nursery, options }: Bench, backend: Backend): Promise<Reading> => {
  await setWeather(backend.url, { rttMs: 0, failing: 0 });
  const bodies = readBodies();
  const Entries = Array.from({ length: batch }, (_, index) => ({
    Id: String(index),
    MessageBody: bodies[index % bodies.length]!,
  }));
  const reading = await generate(nursery, {
    url: backend.url,
    headers: { 'x-amz-target': 'AmazonSQS.SendMessageBatch', 'content-type': 'application/x-amz-json-1.0' },
    bodies: [JSON.stringify({ QueueUrl: backend.url, Entries })],
    ownHeader: null,
    load: { kind: 'closed', connections: 50 },
    warmupSeconds: 1,
    seconds: options.seconds,
    watch: { subjectPid: backend.pid, backend: null },
  });
  await setWeather(backend.url, { rttMs: options.rttMs, failing: 0 });
  return reading;
};

export const postsPerBatch = batch;
