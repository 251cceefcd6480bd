import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { checkRegistry, type RegistryCheck } from '../../core/registry/compatibility/check';
import { comparisonWarning, readCompared } from '../../core/registry/genesys/compared';
import type { VersionVerdict } from '../../core/registry/compatibility/compatibility';
import type { EarlierFiles } from '../../core/registry/compatibility/earlier';
import { lockPath } from '../../core/registry/lock';
import { isObject, type Json } from '../../core/json';
import { hostTime } from '../host-time';
import { UnreadableFileError } from '../replay';
import type { SchemasTerminal } from './terminal';
import { readRegistryFolder, registryOption } from './registry-folder';
import { verdictText } from './verdict-text';

interface CheckOptions {
  readonly registry?: string;
  readonly against?: string;
  readonly all: boolean;
  readonly json: boolean;
}

const readJson = (file: string): Json => {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    // JSON.parse would quote what it failed on.
    throw new UnreadableFileError(`${file} is no JSON`, { cause });
  }
};

/** A path and a hash on each line. */
const isLock = (content: Json | undefined): boolean =>
  isObject(content) && Object.entries(content).every(([name, hash]) => name.endsWith('.json') && typeof hash === 'string');

/** Only what promises something: what else is wrong with an earlier registry must not keep a later one from mending it. */
const readPromises = (folder: string): EarlierFiles =>
  [lockPath, ...readdirSync(folder).map((subject) => `${subject}/subject.json`)]
    .filter((name) => existsSync(path.join(folder, name)))
    .map((name) => ({ path: name, content: readJson(path.join(folder, name)) }));

/** A lock, or the folder of a registry with one: then its subject.json files count, too. */
const readEarlier = (given: string): EarlierFiles => {
  const expected = `--against: expected an earlier ${lockPath}, or a folder with one`;
  try {
    const files = statSync(given).isDirectory() ? readPromises(given) : [{ path: lockPath, content: readJson(given) }];
    if (isLock(files.find((file) => file.path === lockPath)?.content)) return files;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`${expected}: ${why}`, { cause });
  }
  throw new UnreadableFileError(`${expected}, found no such JSON object in ${given}`);
};

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const isReleased = ({ subject, version }: VersionVerdict, { unreleased }: RegistryCheck): boolean =>
  !unreleased.includes(`${subject}/v${version}.json`);

const summaryOf = ({ problems, unreleased, broken, verdicts, subjects, versions }: RegistryCheck): string => {
  if (problems.length > 0) return `${count(problems.length, 'problem')}; compatibility was not judged.`;
  const breaking = verdicts.filter(({ isCompatible }) => !isCompatible);
  const refused = breaking.filter(({ isAllowed }) => !isAllowed).length;
  return [
    `${count(subjects, 'subject')}, ${count(versions, 'version')}: `,
    `${verdicts.length - breaking.length} of ${count(verdicts.length, 'step')} compatible, `,
    `${breaking.length - refused} with an upcast, ${refused} breaking; `,
    `${unreleased.length} not released; ${count(broken.length, 'promise')} broken.`,
  ].join('');
};

const mustBeLookedAt = ({ problems, unreleased, broken, verdicts }: RegistryCheck): boolean =>
  problems.length + unreleased.length + broken.length > 0 || verdicts.some(({ isAllowed }) => !isAllowed);

const checkText = (check: RegistryCheck, isAll: boolean): string => {
  const shown = check.verdicts.filter((verdict) => isAll || !verdict.isAllowed || !isReleased(verdict, check));
  const toRelease = new Set(check.unreleased.map((file) => file.split('/')[0] ?? ''));
  return [
    ...check.problems.map((problem) => `${problem}\n`),
    ...check.broken.map((problem) => `${problem}\n`),
    ...shown.map((verdict) => verdictText(verdict, isReleased(verdict, check))),
    ...[...toRelease].map((subject) => `Once it is final: tidemark schemas release ${subject}\n`),
    `${summaryOf(check)}\n`,
  ].join('');
};

const check = ({ registry, against, all, json }: CheckOptions, { out, err, found }: SchemasTerminal): void => {
  const earlier = against === undefined ? [] : readEarlier(against);
  const files = readRegistryFolder(registry);
  const checked = checkRegistry(files, earlier);
  const warning = comparisonWarning(readCompared(files), hostTime.nowMs());
  if (json) out(`${JSON.stringify({ ...checked, warnings: warning === null ? [] : [warning] }, null, 2)}\n`);
  else {
    out(checkText(checked, all));
    if (warning !== null) err(`Warning: ${warning}\n`);
  }
  if (mustBeLookedAt(checked)) found();
};

/** `tidemark schemas check` */
export const addCheck = (schemas: Command, terminal: SchemasTerminal): void => {
  schemas
    .command('check')
    .description('whether the registry can be used, what is not released, and what each version breaks for whom')
    .option(...registryOption)
    .option('--against <lock>', 'an earlier lock.json, or a folder with one: what was released then is as it was')
    .option('--all', 'shows the changes of every version, also of those that are in order', false)
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nExit code: 0 all in order, 1 something must be looked at, 2 wrong usage or a file that cannot be read.')
    .action((options: CheckOptions) => check(options, terminal));
};
