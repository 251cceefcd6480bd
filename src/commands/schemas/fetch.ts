import { InvalidArgumentError, type Command } from 'commander';
import { comparedFile, comparedPath, readCompared, type Compared } from '../../core/registry/genesys/compared';
import { draftFromGenesys } from '../../core/registry/genesys/next-from-genesys';
import { compareTopics, countDifferences, type Filed } from '../../core/registry/genesys/topic-differences';
import { hostTime } from '../host-time';
import { getAnswer, NoAnswerError, type Answered } from './fetch-answer';
import { fetchText } from './fetch-text';
import type { SchemasTerminal } from './terminal';
import { registryAt, type RegistryAt } from './registry-at';
import { registryOption } from './registry-folder';
import { saveJson, writeNew, writeOver } from './write-files';

interface FetchOptions {
  readonly file?: string;
  readonly save?: string;
  readonly registry?: string;
  /** A day, or only that it is wanted. */
  readonly record?: string | true;
  readonly write: boolean;
  readonly json: boolean;
}

/** A day ahead is only a time zone. */
const dayMs = 86_400_000;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const dayOption = (text: string): string => {
  const atMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // 31 February is parsed as a day in March.
  if (Number.isNaN(atMs) || dayOf(atMs) !== text) throw new InvalidArgumentError('Expected a day such as 2026-08-15.');
  if (atMs > hostTime.nowMs() + dayMs) throw new InvalidArgumentError('Expected a day that is not still to come.');
  return text;
};

/** The day on which Genesys said it: of a kept answer, only whoever kept it knows. Null: it is not to be recorded. */
const comparedOn = ({ record, file }: FetchOptions, command: Command): string | null => {
  if (record !== true) return record ?? null;
  if (file !== undefined) command.error('error: expected with --file the day of that answer, such as `--record 2026-08-15`');
  return dayOf(hostTime.nowMs());
};

const filedIn = ({ files, registry }: RegistryAt): Filed => ({
  subjects: registry.eventSubjects,
  newest: (subject) => registry.versionsOf(subject).at(-1) ?? {},
  seenInPayloads: readCompared(files)?.seenInPayloads ?? new Map<string, readonly string[]>(),
});

const recordComparison = async (folder: string, compared: Compared): Promise<void> =>
  writeOver(folder, { path: comparedPath, content: comparedFile(compared) });

const answer = (file: string | undefined, command: Command): Promise<Answered> =>
  getAnswer(file).catch((error: unknown) =>
    error instanceof NoAnswerError ? command.error(`error: ${error.message}`) : Promise.reject(error as Error),
  );

const fetchTopics = async (options: FetchOptions, command: Command, { out, err, found }: SchemasTerminal): Promise<void> => {
  const day = comparedOn(options, command);
  const { topics, body, source } = await answer(options.file, command);
  if (options.save !== undefined) await saveJson(options.save, body);
  const at = registryAt(options.registry);
  const filed = filedIn(at);
  const report = compareTopics(filed, topics);
  const differences = countDifferences(report);
  out(options.json ? `${JSON.stringify({ source, differences, ...report }, null, 2)}\n` : fetchText(report, source));
  if (options.write) {
    const drafts = draftFromGenesys(report, topics, filed, day ?? dayOf(hostTime.nowMs()));
    await writeNew(at.folder, drafts);
    for (const { path } of drafts) err(`Wrote ${path}; nobody has released it yet.\n`);
  }
  if (day !== null) await recordComparison(at.folder, { comparedOn: day, with: source, seenInPayloads: filed.seenInPayloads });
  if (differences > 0) found();
};

/** `tidemark schemas fetch` */
export const addFetch = (schemas: Command, terminal: SchemasTerminal): void => {
  schemas
    .command('fetch')
    .description('what Genesys says of its topics otherwise than the registry: new topics, fields, values')
    .option('--file <file>', 'reads an answer that was kept instead of asking Genesys; `-` for standard input')
    .option('--save <file>', 'keeps the answer')
    .option('--record [day]', 'notes in the registry that it was compared; with --file, on which day Genesys said it', dayOption)
    .option('--write', 'drafts the versions that would end what was added; nobody has released them then', false)
    .option(...registryOption)
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nReads GENESYS_REGION (or GENESYS_API_URL, GENESYS_LOGIN_URL), GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET.')
    .action((options: FetchOptions, command: Command) => fetchTopics(options, command, terminal));
};
