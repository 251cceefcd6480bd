import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Generate, Job } from './job';

/** One post, and what came of it: its status, 0 for none. Never rejects. */
export const post = (
  job: Pick<Job, 'url' | 'headers' | 'ownHeader'>,
  agent: Agent,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve) => {
    const own = job.ownHeader === null ? {} : { [job.ownHeader]: randomUUID() };
    const headers = { ...job.headers, ...own, 'content-length': Buffer.byteLength(body) };
    const sent = request(job.url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', () => resolve({ status: 0, text: '' }));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.once('error', () => resolve({ status: 0, text: '' })).end(body);
  });

/** Told of each answer, with the body that was sent. */
type Hear = (body: string, answer: { readonly status: number; readonly text: string }) => void;

interface Pace {
  readonly perSecond: number;
  readonly connections: number;
  readonly seconds: number;
}

/**
 * Posts at even intervals, whatever the other side does; an answer's time counts from when its post was due, so that none that had
 * to wait for its turn is left out. (A rate that is given to autocannon is sent in one burst at the beginning of each second.)
 */
export const sendSteadily = async (
  job: Job,
  { perSecond, connections, seconds }: Pace,
  hear: Hear,
): Promise<Map<string, number[]>> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const taken = new Map<string, number[]>();
  const startMs = performance.now();
  const total = Math.round(perSecond * seconds);
  const underWay = new Set<Promise<void>>();
  const send = async (index: number): Promise<void> => {
    const dueMs = startMs + (index * 1_000) / perSecond;
    const body = job.bodies[index % job.bodies.length]!;
    const answer = await post(job, agent, body);
    const status = String(answer.status);
    const list = taken.get(status) ?? [];
    taken.set(status, list);
    list.push(performance.now() - dueMs);
    hear(body, answer);
  };
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, ((performance.now() - startMs) * perSecond) / 1_000);
    for (; sent < due; sent++) {
      const one = send(sent).finally(() => underWay.delete(one));
      underWay.add(one);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  agent.destroy();
  return taken;
};

export const generateSteady: Generate = (job, seconds) => {
  if (job.load.kind !== 'steady') throw new Error(`Expected a steady load, got ${job.load.kind}.`);
  return sendSteadily(job, { ...job.load, seconds }, () => undefined);
};
