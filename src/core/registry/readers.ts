import type { Ajv2020 } from 'ajv/dist/2020';
import { readerByStages, readerOfNewest, type Reader } from './best-fit';
import { createCompiler } from './compiler';
import { schemaId, type SubjectFolder } from './folder';
import type { Subject } from './subject';
import { stepsOf, type Upcasts } from './upcast';
import { validateStrictly, validateTolerantly, type Validate } from './verdict';

const attempt = (what: string, problems: string[], action: () => void): void => {
  try {
    action();
  } catch (error) {
    problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const compile =
  (compiler: Ajv2020, subject: Subject, { versions }: SubjectFolder) =>
  (version: number): Validate => {
    const check = compiler.getSchema(schemaId(subject.subject, version));
    if (!check) throw new Error(`expected its version ${version} to compile, found none`);
    const compiled = { versions: versions.slice(0, version), check };
    return subject.kind === 'output' ? validateStrictly(compiled) : validateTolerantly(compiled, subject.dependsOn);
  };

const createReader = (subject: Subject, validateBy: (version: number) => Validate, upcasts: Upcasts): Reader => {
  const steps = stepsOf(upcasts, subject);
  return steps.length === 0 ? readerOfNewest(validateBy(subject.version)) : readerByStages(steps, subject.version, validateBy);
};

/**
 * When schemas are compiled, which takes a second for all of them. `at-start`: what does not compile is a problem then. A worker
 * wants it so. `when-asked`: each before its first use, for whoever looks at a few messages and ends.
 */
export type Compilation = 'at-start' | 'when-asked';

const madeOnce = (make: () => Reader): (() => Reader) => {
  let made: Reader | undefined;
  return () => (made ??= make());
};

/** Every version must be a sound schema; only those that are ever asked are compiled: the newest, and the last before each upcast. */
export const createReaders = (
  folders: readonly SubjectFolder[],
  subjects: readonly Subject[],
  { upcasts, compilation }: { readonly upcasts: Upcasts; readonly compilation: Compilation },
  problems: string[],
): ReadonlyMap<string, () => Reader> => {
  const compiler = createCompiler();
  for (const { subject, versions } of folders) {
    for (const schema of versions) attempt(subject, problems, () => void compiler.addSchema(schema));
  }
  const readers = new Map<string, () => Reader>();
  for (const folder of folders) {
    const subject = subjects.find((candidate) => candidate.subject === folder.subject);
    if (!subject) continue;
    const reader = madeOnce(() => createReader(subject, compile(compiler, subject, folder), upcasts));
    readers.set(folder.subject, reader);
    if (compilation === 'at-start') attempt(folder.subject, problems, () => void reader());
  }
  return readers;
};
