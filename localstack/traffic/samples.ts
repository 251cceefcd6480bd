import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expected, PlannedMessage, RejectionReason } from './traffic';

/** A line of a file of samples: admitted to a conversation, published as it came, or set aside for a reason. */
export type SampleOutcome =
  { readonly conversationId: string } | { readonly passed: string } | { readonly reason: RejectionReason };

export interface SampleFile {
  readonly name: string;
  readonly lines: readonly { readonly body: string; readonly outcome: SampleOutcome }[];
  /** What the record of each conversation must say once all lines of the file have been admitted. */
  readonly records: readonly SampleRecord[];
}

export type SampleRecord = Partial<Expected> & Pick<Expected, 'conversationId' | 'status'>;

type ExpectedFile = Readonly<
  Record<string, { readonly lines: readonly SampleOutcome[]; readonly records: readonly SampleRecord[] }>
>;

const ownFolder = join(__dirname, 'samples');
const genesysFolder = join(__dirname, '..', '..', 'test', 'samples', 'genesys');
const folders: Readonly<Record<string, string>> = {
  'public.jsonl': genesysFolder,
  'synthetic.jsonl': genesysFolder,
  'tutorials.jsonl': ownFolder,
};

/** Every sample file with the outcome that is committed for each of its lines. */
export const readSamples = (): readonly SampleFile[] => {
  const expected = JSON.parse(readFileSync(join(ownFolder, 'expected.json'), 'utf8')) as ExpectedFile;
  return Object.entries(expected).map(([name, { lines, records }]) => {
    const bodies = readFileSync(join(folders[name] ?? ownFolder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    if (bodies.length !== lines.length)
      throw new Error(`Expected an outcome for each line of ${name}, got ${lines.length} outcomes for ${bodies.length} lines`);
    return { name, records, lines: bodies.map((body, index) => ({ body, outcome: lines[index]! })) };
  });
};

/** The samples as messages of wave 1. */
export const sampleMessages = (files: readonly SampleFile[]): readonly PlannedMessage[] =>
  files.flatMap(({ name, lines }) =>
    lines.map(({ body, outcome }, index): PlannedMessage => {
      const message = { wave: 1, body, facts: [], conversationId: null } as const;
      if ('reason' in outcome) return { ...message, kind: 'bad', rejects: { reason: outcome.reason } };
      if ('passed' in outcome) return { ...message, kind: 'good', passes: { subject: outcome.passed } };
      return { ...message, facts: [`${name}#${index + 1}`], kind: 'good', conversationId: outcome.conversationId };
    }),
  );
