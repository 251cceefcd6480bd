import type { Ajv2020 } from 'ajv/dist/2020';
import { SchemaRegistryError } from './errors';
import type { EventFormat } from './event';
import type { Json, JsonObject } from './json';
import { createCompiler } from './registry/compiler';
import { readFolders, schemaId, type RegistryFile, type SubjectFolder } from './registry/folder';
import { oldestKnowing } from './registry/known-fields';
import { lockProblems } from './registry/lock';
import type { EventSubject, Subject } from './registry/subject';
import { clashes, readSubjects } from './registry/subjects';
import { topicFinder } from './registry/topics';
import { validateStrictly, validateTolerantly, type Validate, type Verdict } from './registry/verdict';

export type { RegistryFile } from './registry/folder';
export type { EventSubject } from './registry/subject';
export type { Drift, Verdict } from './registry/verdict';

/** What Tidemark knows of the shapes it reads and writes. Compiled once: asking it costs microseconds. */
export interface SchemaRegistry {
  /** By what the carrier names: a topic template with `{id}`, a detail's name, a detail-type. */
  readonly eventSubject: (format: EventFormat, name: string) => EventSubject | null;
  /** By a topic with its ids filled in, where the detail arrives alone. */
  readonly eventSubjectOfTopic: (topicName: string) => EventSubject | null;
  /** Of a stored event; null if the registry no longer has it. */
  readonly subjectNamed: (subject: string) => EventSubject | null;
  /**
   * By the newest version. Of an event the value is: the `eventBody`, the entry of `details`, the `detail` of a
   * conversation.end. What arrives may drift; what we emit must be right. Throws for a subject that it does not have.
   */
  readonly validate: (subject: string, value: unknown) => Verdict;
  /** Every released schema of a subject, v1 first. */
  readonly versionsOf: (subject: string) => readonly JsonObject[];
  /** Every field that is not null is named in it, whatever its type and value; null where no version names them all. */
  readonly oldestVersionKnowing: (subject: string, value: Json) => number | null;
  readonly eventSubjects: readonly EventSubject[];
  /** Envelopes and outputs too, sorted by name. */
  readonly subjects: readonly Subject[];
}

const attempt = (what: string, problems: string[], action: () => void): void => {
  try {
    action();
  } catch (error) {
    problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const compile = (compiler: Ajv2020, subject: Subject, { versions }: SubjectFolder): Validate => {
  const check = compiler.getSchema(schemaId(subject.subject, subject.version));
  if (!check) throw new Error('expected its newest version to compile, found none');
  const compiled = { versions, check };
  return subject.kind === 'output' ? validateStrictly(compiled) : validateTolerantly(compiled, subject.dependsOn);
};

/** Every version must be a sound schema; only the newest of each subject is ever asked, so only that is compiled. */
const compileAll = (
  folders: readonly SubjectFolder[],
  subjects: readonly Subject[],
  problems: string[],
): Map<string, Validate> => {
  const compiler = createCompiler();
  for (const { subject, versions } of folders) {
    for (const schema of versions) attempt(subject, problems, () => void compiler.addSchema(schema));
  }
  const validators = new Map<string, Validate>();
  for (const folder of folders) {
    const subject = subjects.find((candidate) => candidate.subject === folder.subject);
    if (subject) attempt(folder.subject, problems, () => void validators.set(folder.subject, compile(compiler, subject, folder)));
  }
  return validators;
};

/** Builds the registry from the files of `schemas/`. Throws one error that lists everything that is wrong with them. */
export const createSchemaRegistry = (files: readonly RegistryFile[]): SchemaRegistry => {
  const problems = [...lockProblems(files)];
  const folders = readFolders(files, problems);
  const subjects = readSubjects(files, folders, problems);
  const eventSubjects = subjects.filter((subject) => subject.kind === 'event');
  problems.push(...clashes(eventSubjects));
  const validators = compileAll(folders, subjects, problems);
  if (problems.length > 0) throw new SchemaRegistryError(`Expected a sound schema registry, found:\n- ${problems.join('\n- ')}`);

  const byName = new Map(
    eventSubjects.flatMap((subject) =>
      [subject.name, ...subject.formerNames].map((name) => [`${subject.format} ${name}`, subject] as const),
    ),
  );
  const versions = new Map(folders.map((folder) => [folder.subject, folder.versions]));
  const bySubject = new Map(eventSubjects.map((subject) => [subject.subject, subject]));
  return {
    eventSubject: (format, name) => byName.get(`${format} ${name}`) ?? null,
    eventSubjectOfTopic: topicFinder(eventSubjects),
    subjectNamed: (subject) => bySubject.get(subject) ?? null,
    validate: (subject, value) => {
      const validate = validators.get(subject);
      if (!validate)
        throw new Error(`Expected a subject of the schema registry, got ${JSON.stringify(subject)}; is it in schemas/?`);
      return validate(value);
    },
    versionsOf: (subject) => versions.get(subject) ?? [],
    oldestVersionKnowing: (subject, value) => oldestKnowing(versions.get(subject) ?? [], value),
    eventSubjects,
    subjects,
  };
};
