import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { checkRegistry, type RegistryCheck } from '../../core/registry/compatibility/check';
import type { VersionVerdict } from '../../core/registry/compatibility/compatibility';
import type { RegistryFile } from '../../core/registry/folder';
import { lockPath, lockWith } from '../../core/registry/lock';
import { shippedSchemas } from '../../schema-files';
import { UnreadableFileError } from '../replay';
import type { SchemasTerminal } from './terminal';
import { readRegistryFolder, registryOption } from './registry-folder';
import { verdictText } from './verdict-text';

/** As a whole or not at all: half a lock would name half the versions as not released. */
const writeLock = (folder: string, text: string): void => {
  const target = path.join(folder, lockPath);
  const draft = `${target}.${process.pid}.new`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, target);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`Expected to write ${target}; nothing was released: ${why}`, { cause });
  }
};

const isKnown = (files: readonly RegistryFile[], subject: string): boolean =>
  files.some((file) => file.path.startsWith(`${subject}/`));

/** What keeps it from being released; null if nothing does. */
const obstacle = ({ problems }: RegistryCheck, drafts: readonly VersionVerdict[]): string | null => {
  if (problems.length > 0) {
    return `expected a sound schema registry, found:\n${problems.map((problem) => `- ${problem}`).join('\n')}`;
  }
  const refused = drafts.find(({ isAllowed }) => !isAllowed);
  return refused ? `v${refused.version} breaks something, and there is no upcast from v${refused.version - 1}.` : null;
};

const release = (subject: string, folder: string, { out, err, found }: SchemasTerminal): void => {
  const files = readRegistryFolder(folder);
  if (!isKnown(files, subject)) {
    throw new UnreadableFileError(`Expected a subject of ${folder}, got ${JSON.stringify(subject)}; it is the name of a folder there.`);
  }
  const checked = checkRegistry(files);
  const paths = checked.unreleased.filter((file) => file.startsWith(`${subject}/`));
  const drafts = checked.verdicts.filter((one) => paths.includes(`${one.subject}/v${one.version}.json`));
  out(drafts.map((verdict) => verdictText(verdict, false)).join(''));
  const why = obstacle(checked, drafts);
  if (why !== null) {
    err(`Nothing was released: ${why}\n`);
    found();
  } else if (drafts.length === 0) out(`Every version of ${subject} is released.\n`);
  else {
    writeLock(folder, lockWith(files, paths));
    out(`Released ${drafts.map(({ version }) => `v${version}`).join(', ')} of ${subject}: it never changes from now on.\n`);
  }
};

/** `tidemark schemas release` */
export const addRelease = (schemas: Command, terminal: SchemasTerminal): void => {
  schemas
    .command('release')
    .description('releases what is new of a subject, for good: shows what it breaks, and writes its line into lock.json')
    .argument('<subject>', 'its folder in the registry')
    .option(...registryOption)
    .addHelpText('after', '\nExit code: 0 released, 1 refused, 2 wrong usage or a file that cannot be read or written.')
    .action((subject: string, { registry }: { registry?: string }) => release(subject, registry ?? shippedSchemas, terminal));
};
