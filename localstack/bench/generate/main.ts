import { callsOf } from '../backend/control';
import { accepted, latencyOf, noUnits, type Reading } from '../reading';
import { spentBetween, usageOf, type Usage } from '../usage';
import { generateClosed } from './closed';
import type { Generate, Job } from './job';
import { generateSteady } from './steady';

/** All that is looked at before and after. */
interface Look {
  readonly atMs: number;
  readonly usages: readonly [subject: Usage, generator: Usage, backend: Usage | null];
  readonly calls: Readonly<Record<string, number>>;
}

const look = async ({ watch: { subjectPid, backend } }: Job): Promise<Look> => ({
  calls: backend === null ? {} : await callsOf(backend.url),
  usages: [usageOf(subjectPid), usageOf(process.pid), backend === null ? null : usageOf(backend.pid)],
  atMs: performance.now(),
});

const readingOf = (before: Look, after: Look, answers: Reading['answers']): Reading => {
  const wallMs = after.atMs - before.atMs;
  const [subject, generator, backend] = after.usages.map((usage, index) => {
    const begun = before.usages[index];
    return usage && begun ? spentBetween(begun, usage, wallMs) : null;
  });
  const calls = Object.entries(after.calls).map(([name, count]) => [name, count - (before.calls[name] ?? 0)] as const);
  return {
    wallMs,
    done: answers[accepted]?.count ?? 0,
    answers,
    subject: subject!,
    generator: generator!,
    backend: backend ?? null,
    calls: Object.fromEntries(calls),
    units: noUnits,
  };
};

const main = async (): Promise<void> => {
  const job = JSON.parse(process.argv[2]!) as Job;
  const generate: Generate = job.load.kind === 'closed' ? generateClosed : generateSteady;
  // Not counted: code gets fast, connections get warm.
  if (job.warmupSeconds > 0) await generate(job, job.warmupSeconds);
  const before = await look(job);
  const taken = await generate(job, job.seconds);
  const after = await look(job);
  const answers = Object.fromEntries([...taken].map(([status, list]) => [status, latencyOf(list)]));
  process.stdout.write(`${JSON.stringify(readingOf(before, after, answers))}\n`);
};

void main();
