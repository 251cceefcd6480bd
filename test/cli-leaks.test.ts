import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTokens } from '../localstack/traffic/canary';
import { generateTraffic } from '../localstack/traffic/generate';
import { run } from '../src/cli';

/* Records are printed because somebody asked for them; whatever else the command line prints holds nothing of customers. */

const folder = mkdtempSync(path.join(tmpdir(), 'tidemark-leaks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const printedBy = async (...args: readonly string[]): Promise<{ readonly out: string; readonly err: string }> => {
  const printed = { out: '', err: '' };
  const never = new AbortController().signal;
  await run(args, {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    stopSignals: () => ({ soft: never, hard: never }),
    ask: () => Promise.resolve(null),
    isWatched: false,
    program: 'tidemark/test',
  });
  return printed;
};

test('what replay says of refused lines holds no number, name, attribute, transcript or secret', async () => {
  const { messages } = generateTraffic({ seed: 'leaks', conversations: 60 });
  const file = path.join(folder, 'traffic.jsonl');
  writeFileSync(file, messages.map(({ body }) => body.replaceAll('\n', ' ')).join('\n'));
  const { out, err } = await printedBy('replay', file);
  expect(err.split('\n').length).toBeGreaterThan(10);
  expect([...findTokens(err)]).toEqual([]);
  // The search is no formality: the records hold what customers said.
  expect(findTokens(out).size).toBeGreaterThan(100);
});
