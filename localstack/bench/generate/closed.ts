import autocannon from 'autocannon';
import { randomUUID } from 'node:crypto';
import type { Generate, Job } from './job';

const requestsOf = ({ bodies, headers, ownHeader }: Job): autocannon.Request[] =>
  bodies.map((body) => {
    if (ownHeader === null) return { method: 'POST', headers, body };
    const own = (request: autocannon.Request): autocannon.Request => ({
      ...request,
      headers: { ...headers, [ownHeader]: randomUUID() },
    });
    return { method: 'POST', headers: { ...headers, [ownHeader]: randomUUID() }, body, setupRequest: own };
  });

/** Its own histogram knows whole milliseconds; a bare server answers in less. */
export const generateClosed: Generate = async (job, seconds) => {
  if (job.load.kind !== 'closed') throw new Error(`Expected a closed load, got ${job.load.kind}.`);
  const taken = new Map<string, number[]>();
  const note = (status: string, ms: number): void => {
    const list = taken.get(status) ?? [];
    taken.set(status, list);
    list.push(ms);
  };
  const { connections } = job.load;
  const options = { url: job.url, connections, duration: seconds, requests: requestsOf(job), sampleInt: 100 };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(options, (error: Error | null, found: autocannon.Result) =>
      error === null ? resolve(found) : reject(error),
    );
    run.on('response', (_client, status, _bytes, ms) => note(String(status), ms));
  });
  for (let count = 0; count < result.errors; count++) note('0', 0);
  return taken;
};
