import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createSchemaRegistry } from '../src/core/schema-registry';
import { readSchemaFiles } from '../src/schema-files';
import { acw, copyRegistry, withNote, withOtherTime, type RegistryCopy } from './registry-copy';

/* `tidemark schemas release`: a person's step. */

let registry: RegistryCopy;
beforeEach(() => {
  registry = copyRegistry();
});
afterEach(() => registry.remove());

test('shows what is new and writes its line; until then no worker starts with it', async () => {
  registry.addVersion(withNote);
  const before = registry.read('lock.json');
  expect(() => createSchemaRegistry(readSchemaFiles(registry.folder))).toThrow(`tidemark schemas release ${acw}`);
  const { code, stdout } = await registry.release(acw);
  expect(code).toBe(0);
  expect(stdout).toContain('$.note: field added\n');
  expect(stdout).toContain(`Released v8 of ${acw}`);
  expect(createSchemaRegistry(readSchemaFiles(registry.folder)).subjectNamed(acw)?.version).toBe(8);
  const after = readFileSync(registry.file('lock.json'), 'utf8');
  expect(JSON.parse(after)).toMatchObject(before);
  expect(Object.keys(JSON.parse(after) as object)).toEqual([...Object.keys(before), `${acw}/v8.json`].sort());
  expect(after).toBe(`${JSON.stringify(JSON.parse(after), null, 2)}\n`);
  expect((await registry.check()).code).toBe(0);
});

test('a second time there is nothing to release', async () => {
  const before = readFileSync(registry.file('lock.json'), 'utf8');
  expect(await registry.release(acw)).toEqual({ code: 0, stdout: `Every version of ${acw} is released.\n`, stderr: '' });
  expect(readFileSync(registry.file('lock.json'), 'utf8')).toBe(before);
});

test.each<[string, () => void, string]>([
  [
    'a version that breaks something',
    () => registry.addVersion(withOtherTime),
    'v8 breaks something, and there is no upcast from v7',
  ],
  [
    'a registry that is not sound',
    () => {
      registry.addVersion(withNote);
      rmSync(registry.file(acw, 'v3.json'));
    },
    'released, but the file is gone',
  ],
])('%s is refused, and nothing is written', async (_what, spoil, why) => {
  spoil();
  const before = readFileSync(registry.file('lock.json'), 'utf8');
  const { code, stderr } = await registry.release(acw);
  expect(code).toBe(1);
  expect(stderr).toContain('Nothing was released: ');
  expect(stderr).toContain(why);
  expect(readFileSync(registry.file('lock.json'), 'utf8')).toBe(before);
});

test('what another subject has not released stays so', async () => {
  registry.addVersion(withNote);
  const lock = Object.entries(registry.read('lock.json')).filter(([name]) => !name.startsWith('envelope.sns/'));
  registry.write(Object.fromEntries(lock), 'lock.json');
  expect((await registry.release('envelope.sns')).stdout).toContain('envelope.sns v1, not released: the first version');
  const { code, stdout } = await registry.check();
  expect(code).toBe(1);
  expect(stdout).toContain('1 not released');
});

test('an unknown subject, and a folder that cannot be written, are the caller’s to mend', async () => {
  expect(await registry.release('v2.none')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('got "v2.none"') as string,
  });
  registry.addVersion(withNote);
  // Where the new lock would be written there is something else: also root cannot.
  mkdirSync(registry.file(`lock.json.${process.pid}.new`));
  const { code, stderr } = await registry.release(acw);
  expect(code).toBe(2);
  expect(stderr).toContain('nothing was released');
});
