#!/usr/bin/env node
import { readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { run } from './cli';
import { describeError } from './core/describe-error';
import type { StopSignals } from './ports';

const { version } = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };

/** By allow-list, as in the log: a message may quote what it failed on. */
const fail = (error: unknown): never => {
  process.stderr.write(`tidemark failed: ${JSON.stringify(describeError(error))}\n`);
  // At once: half a worker (receives without a heartbeat, a heartbeat without closes) must not live on.
  process.exit(1);
};
process.on('uncaughtException', fail);

/**
 * Soft on the first signal; hard when the grace is over, before the platform's SIGKILL and by our own choice. Whoever signals twice
 * waits for nothing: messages come back by their visibility timeout, windows by their lease.
 */
const stopSignals = (graceMs: number): StopSignals => {
  const soft = new AbortController();
  const hard = new AbortController();
  const onSignal = (): void => {
    if (soft.signal.aborted) {
      process.stderr.write('tidemark ends at once, at the second signal; what it had in hand comes back by itself.\n');
      process.exit(1);
    }
    soft.abort();
    setTimeout(() => hard.abort(), graceMs).unref();
  };
  // What a hard stop leaves in flight nobody waits for any more.
  hard.signal.addEventListener('abort', () => setTimeout(() => process.exit(1), 2_000).unref());
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return { soft: soft.signal, hard: hard.signal };
};

/** A reader that has seen enough (`| head`) is no failure; a worker that cannot log (a full disk, a lost reader) must not run on unseen. */
const onBrokenOutput = ({ code = 'unknown' }: NodeJS.ErrnoException): void => {
  const isWorker = process.listenerCount('SIGTERM') > 0;
  if (code === 'EPIPE') process.exit(isWorker ? 1 : 0);
  try {
    writeSync(process.stderr.fd, `tidemark failed: its output could not be written (${code}).\n`);
  } finally {
    process.exit(1);
  }
};
for (const stream of [process.stdout, process.stderr]) stream.on('error', onBrokenOutput);

/** On the error stream, so that what is printed can go elsewhere. */
const ask = async (question: string): Promise<string | null> => {
  if (!process.stdin.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
};

const writeAll = (stream: NodeJS.WriteStream, text: string): void => void stream.write(text);

run(process.argv.slice(2), {
  out: (text) => writeAll(process.stdout, text),
  err: (text) => writeAll(process.stderr, text),
  stopSignals,
  ask,
  isWatched: process.stderr.isTTY,
  program: `tidemark/${version}`,
}).then((code) => {
  process.exitCode = code;
}, fail);
