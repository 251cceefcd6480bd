import { SchemaRegistryError } from './errors';
import type { CanonicalEvent, EventFormat } from './event';
import type { Json, JsonObject } from './json';
import { readFolders, type RegistryFile } from './registry/folder';
import { oldestKnowing } from './registry/known-fields';
import { lockProblems } from './registry/lock';
import { type Compilation, createReaders } from './registry/readers';
import type { EventSubject, Subject } from './registry/subject';
import { clashes, readSubjects } from './registry/subjects';
import { topicFinder } from './registry/topics';
import { stepsOf, upcastProblems, type Upcasts } from './registry/upcast';
import type { Verdict } from './registry/verdict';
import { shippedUpcasts } from './upcasts';

export type { RegistryFile } from './registry/folder';
export type { EventSubject } from './registry/subject';
export type { Drift, Verdict } from './registry/verdict';

/** What Tidemark knows of the shapes it reads and writes. Each schema is compiled once: asking it costs microseconds. */
export interface SchemaRegistry {
  /** By what the carrier names: a topic template with `{id}`, a detail's name, a detail-type. */
  readonly eventSubject: (format: EventFormat, name: string) => EventSubject | null;
  /** By a topic with its ids filled in, where the detail arrives alone. */
  readonly eventSubjectOfTopic: (topicName: string) => EventSubject | null;
  /** Of a stored event; null if the registry no longer has it. */
  readonly subjectNamed: (subject: string) => EventSubject | null;
  /**
   * By the newest version; where a step to it has an upcast, by the version that fits best. Of an event the value is: the
   * `eventBody`, the entry of `details`, the `detail` of a conversation.end. What arrives may drift; what we emit must be right.
   * Throws for a subject that it does not have.
   */
  readonly validate: (subject: string, value: unknown) => Verdict;
  /** An event with its body as the newest version has it; all else is as it was stored. Throws what an upcast throws. */
  readonly current: (event: CanonicalEvent) => CanonicalEvent;
  /** Whether a body of this version is made one of the next, instead of being read as one. */
  readonly hasUpcast: (subject: string, from: number) => boolean;
  /** Every released schema of a subject, v1 first. */
  readonly versionsOf: (subject: string) => readonly JsonObject[];
  /** Every field that is not null is named in it, whatever its type and value; null where no version names them all. */
  readonly oldestVersionKnowing: (subject: string, value: Json) => number | null;
  readonly eventSubjects: readonly EventSubject[];
  /** Envelopes and outputs too, sorted by name. */
  readonly subjects: readonly Subject[];
}

/** What `schemas/` and the upcasts beside it say together. Throws one error that lists everything that is wrong with them. */
const readRegistry = (files: readonly RegistryFile[], upcasts: Upcasts, compilation: Compilation) => {
  const problems = [...lockProblems(files)];
  const folders = readFolders(files, problems);
  const subjects = readSubjects(files, folders, problems);
  const eventSubjects = subjects.filter((subject) => subject.kind === 'event');
  problems.push(...clashes(eventSubjects), ...upcastProblems(upcasts, subjects));
  const readers = createReaders(folders, subjects, { upcasts, compilation }, problems);
  if (problems.length > 0) throw new SchemaRegistryError(problems);
  const versions = new Map(folders.map((folder) => [folder.subject, folder.versions]));
  return { subjects, eventSubjects, versions, readers };
};

type ByName = ReadonlyMap<string, EventSubject>;

/** One map for each format: a key that is made for the asking costs more than the answer. */
const namesOf = (subjects: readonly EventSubject[]): Readonly<Record<EventFormat, ByName>> => {
  const namesIn = (format: EventFormat): ByName =>
    new Map(
      subjects
        .filter((subject) => subject.format === format)
        .flatMap((subject) => [subject.name, ...subject.formerNames].map((name) => [name, subject] as const)),
    );
  return {
    genesys: namesIn('genesys'),
    'detail-envelope': namesIn('detail-envelope'),
    'conversation-end': namesIn('conversation-end'),
    tidemark: namesIn('tidemark'),
  };
};

/** Builds the registry from the files of `schemas/`; the error that it throws lists everything that is wrong with them. */
export const createSchemaRegistry = (
  files: readonly RegistryFile[],
  upcasts: Upcasts = shippedUpcasts,
  compilation: Compilation = 'at-start',
): SchemaRegistry => {
  const { subjects, eventSubjects, versions, readers } = readRegistry(files, upcasts, compilation);
  const byName = namesOf(eventSubjects);
  const bySubject = new Map(eventSubjects.map((subject) => [subject.subject, subject]));
  return {
    eventSubject: (format, name) => byName[format].get(name) ?? null,
    eventSubjectOfTopic: topicFinder(eventSubjects),
    subjectNamed: (subject) => bySubject.get(subject) ?? null,
    validate: (subject, value) => {
      const reader = readers.get(subject)?.();
      if (!reader)
        throw new Error(`Expected a subject of the schema registry, got ${JSON.stringify(subject)}; is it in schemas/?`);
      return reader.validate(value);
    },
    current: (event) => {
      const body = readers.get(event.subject)?.().toNewest(event.body, event.schemaVersion) ?? event.body;
      return body === event.body ? event : { ...event, body };
    },
    hasUpcast: (subject, from) => {
      const known = bySubject.get(subject);
      return known !== undefined && stepsOf(upcasts, known).some((step) => step.from === from);
    },
    versionsOf: (subject) => versions.get(subject) ?? [],
    oldestVersionKnowing: (subject, value) => oldestKnowing(versions.get(subject) ?? [], value),
    eventSubjects,
    subjects,
  };
};
