import { isObject, type Json } from '../../json';
import type { RegistryFile } from '../folder';
import { lockPath } from '../lock';
import type { EventSubject, Subject } from '../subject';

/** What a registry promised at an earlier time. Files that are not there promise nothing: the lock alone will do. */
export type EarlierFiles = readonly RegistryFile[];

const contentAt = (files: readonly RegistryFile[], path: string): Readonly<Record<string, Json>> => {
  const content = files.find((file) => file.path === path)?.content;
  return isObject(content) ? content : {};
};

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];

/** A line of a lock stays as it is: an edit of a released version must not pass because somebody edits the lock as well. */
const brokenLines = (earlier: EarlierFiles, now: readonly RegistryFile[]): readonly string[] => {
  const lock = contentAt(now, lockPath);
  return Object.entries(contentAt(earlier, lockPath)).flatMap(([path, hash]) => {
    if (!Object.hasOwn(lock, path)) return [`${path}: was released; put the file and its line in lock.json back`];
    return lock[path] === hash ? [] : [`${path}: its line in lock.json is another; undo it, and add the next version`];
  });
};

/** The newest version that the earlier lock has: the one that a message was judged by then. */
const newestThen = (earlier: EarlierFiles, subject: string): number =>
  Object.keys(contentAt(earlier, lockPath))
    .filter((path) => path.startsWith(`${subject}/v`))
    .reduce((newest, path) => Math.max(newest, Number(/\d+(?=\.json$)/.exec(path)?.[0] ?? 0)), 0);

const newlyDependedOn = (subject: Subject, manifest: Readonly<Record<string, Json>>): readonly string[] => {
  if (subject.kind === 'output') return [];
  const before = new Set(texts(manifest['dependsOn']));
  return subject.dependsOn
    .filter((field) => !before.has(field))
    .map(
      (field) =>
        `newly depends on ${field}: messages without it, admitted until now, are refused; that takes a version with an upcast`,
    );
};

const namesLost = ({ name, formerNames }: EventSubject, manifest: Readonly<Record<string, Json>>): readonly string[] =>
  [...texts([manifest['name'] ?? null]), ...texts(manifest['formerNames'])]
    .filter((known) => known !== name && !formerNames.includes(known))
    .map((known) => `no longer known as ${known}: archives still carry that name; add it to formerNames`);

const brokenManifest = (subject: Subject, earlier: EarlierFiles, hasUpcast: (from: number) => boolean): readonly string[] => {
  const path = `${subject.subject}/subject.json`;
  const manifest = contentAt(earlier, path);
  if (Object.keys(manifest).length === 0) return [];
  const isLeftBehind = hasUpcast(newestThen(earlier, subject.subject));
  const mode = manifest['compatibility'] ?? (subject.kind === 'output' ? 'full' : 'backward');
  return [
    ...(isLeftBehind ? [] : newlyDependedOn(subject, manifest)),
    ...(subject.kind === 'event' ? namesLost(subject, manifest) : []),
    ...(mode === 'full' && subject.compatibility === 'backward' ? ['keeps less than it promised: compatibility was full'] : []),
  ].map((problem) => `${path}: ${problem}`);
};

/** What an earlier state of the registry promised and this one does not keep. */
export const brokenSince = (
  earlier: EarlierFiles,
  now: readonly RegistryFile[],
  subjects: readonly Subject[],
  hasUpcast: (subject: string, from: number) => boolean,
): readonly string[] => [
  ...brokenLines(earlier, now),
  ...subjects.flatMap((subject) => brokenManifest(subject, earlier, (from) => hasUpcast(subject.subject, from))),
];
