import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { acw, copyRegistry, withNote, withOtherTime, type RegistryCopy } from './registry-copy';
import { runHere, type Ran } from './run-here';

/* `tidemark schemas check`, as its user meets it. */

const sound =
  '3 subjects, 10 versions: 7 of 7 steps compatible, 0 with an upcast, 0 breaking; 0 not released; 0 promises broken.\n';

let registry: RegistryCopy;
beforeEach(() => {
  registry = copyRegistry();
});
afterEach(() => registry.remove());

test('the registry that Tidemark comes with: every version is released and compatible with those before it', async () => {
  const { code, stdout } = await runHere('schemas', 'check', '--json');
  const { verdicts, ...rest } = JSON.parse(stdout) as { readonly verdicts: readonly { readonly isCompatible: boolean }[] };
  expect(code).toBe(0);
  expect(rest).toMatchObject({ problems: [], unreleased: [], broken: [] });
  expect(verdicts.length).toBeGreaterThanOrEqual(112);
  expect(verdicts.filter(({ isCompatible }) => !isCompatible)).toEqual([]);
}, 60_000);

describe('check', () => {
  test('says in one line that all is in order', async () => {
    expect(await registry.check()).toMatchObject({ code: 0, stdout: sound });
  });

  test('names each change on request', async () => {
    const { code, stdout } = await registry.check('--all');
    expect(code).toBe(0);
    expect(stdout).toContain(`${acw} v2: compatible (backward)\n  $.`);
    expect(stdout.match(/compatible \(backward\)$/gm)).toHaveLength(6);
  });

  test('names a version that is not released, with what it changes', async () => {
    registry.addVersion(withNote);
    const { code, stdout } = await registry.check();
    expect(code).toBe(1);
    expect(stdout).toContain(`${acw} v8, not released: compatible (backward)\n  $.note: field added\n`);
    expect(stdout).toContain(`Once it is final: tidemark schemas release ${acw}\n`);
    expect(stdout).toContain('1 not released');
  });

  test('says what breaks, for whom, and what to do, also of a version that is released', async () => {
    registry.addVersion(withOtherTime);
    registry.lockAgain();
    const { code, stdout } = await registry.check();
    expect(code).toBe(1);
    expect(stdout).toContain(`${acw} v8: breaking (backward)\n`);
    expect(stdout).toMatch(
      / {2}\$\.eventTime: .*\n {6}breaks: messages and archives written before v8 are refused: the subject depends on it\n/,
    );
    expect(stdout).toContain('Expected nothing to break, or an upcast from v7');
    expect(stdout).toContain('0 with an upcast, 1 breaking');
  });

  test('a comparison with Genesys that is long ago is a warning, no failure', async () => {
    registry.write({ comparedOn: '2020-01-01', with: 'a test' }, 'compared.json');
    const { code, stderr, stdout } = await registry.check();
    expect([code, stdout]).toEqual([0, sound]);
    expect(stderr).toMatch(/^Warning: The registry was last compared with Genesys \d+ days ago/);
    expect(JSON.parse((await registry.check('--json')).stdout)).toMatchObject({
      warnings: [expect.stringContaining('2020-01-01')],
    });
  });

  test.each<[string, () => void, string]>([
    [
      'an edited released version',
      () => registry.write({ ...registry.read(acw, 'v7.json'), title: 'other' }, acw, 'v7.json'),
      'v7.json: a released version never changes',
    ],
    [
      'a null that was added',
      () => registry.write({ ...registry.read(acw, 'v7.json'), default: null }, acw, 'v7.json'),
      'v7.json: a released version never changes',
    ],
    ['a released version that is gone', () => rmSync(registry.file(acw, 'v7.json')), 'v7.json: released, but the file is gone'],
    [
      'a gap',
      () => {
        rmSync(registry.file(acw, 'v3.json'));
        registry.lockAgain();
      },
      'v3.json: expected versions 1 to 7 without a gap',
    ],
    [
      'an $id that lies',
      () => {
        registry.write({ ...registry.read(acw, 'v7.json'), $id: 'schemas/x/v7.json' }, acw, 'v7.json');
        registry.lockAgain();
      },
      'v7.json: expected "$id"',
    ],
    [
      'a version that is a list',
      () => {
        registry.write([], acw, 'v8.json');
        registry.lockAgain();
      },
      'v8.json: expected "type": "object"',
    ],
    ['no lock', () => rmSync(registry.file('lock.json')), 'lock.json: expected a JSON object, found no such file'],
    ['a lock that is a list', () => registry.write([], 'lock.json'), 'lock.json: expected a JSON object, found another type'],
    [
      'a reference to nowhere',
      () => registry.addVersion((fields) => ({ ...fields, x: { $ref: '../none/v1.json' } })),
      "can't resolve reference",
    ],
  ])('%s is a problem, named', async (_what, spoil, problem) => {
    spoil();
    const { code, stdout } = await registry.check();
    expect(stdout).toContain(problem);
    expect(stdout).toMatch(/\d+ problems?; compatibility was not judged\.\n$/);
    expect(code).toBe(1);
  });

  test.each<[string, () => void, string]>([
    [
      'a file that is no JSON',
      () => writeFileSync(registry.file(acw, 'v7.json'), '{'),
      'v7.json: expected a readable JSON file: ',
    ],
    [
      'an empty file',
      () => writeFileSync(registry.file('lock.json'), ''),
      'lock.json: expected a readable JSON file: it is empty',
    ],
    [
      'a byte order mark',
      () => writeFileSync(registry.file(acw, 'v7.json'), '\uFEFF{}'),
      'v7.json: expected a readable JSON file: it starts with a byte order mark',
    ],
    ['a folder in place of a file', () => mkdirSync(registry.file('x.json')), 'x.json: expected a readable JSON file'],
    ['no folder', () => registry.remove(), 'no such file or directory'],
  ])('%s is the caller’s to mend', async (_what, spoil, problem) => {
    spoil();
    const { code, stdout, stderr } = await registry.check();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
  });
});

describe('check --against', () => {
  /** What was there before somebody changed it. */
  const copyBefore = (): string => {
    const copy = path.join(registry.folder, '..', `${path.basename(registry.folder)}-before`);
    cpSync(registry.folder, copy, { recursive: true });
    return copy;
  };
  let before: string;
  beforeEach(() => {
    before = copyBefore();
  });
  afterEach(() => rmSync(before, { recursive: true }));
  const againstLock = (): Promise<Ran> => registry.check('--against', path.join(before, 'lock.json'));

  test('an unchanged registry, or one with a version more, keeps its promises', async () => {
    expect(await againstLock()).toMatchObject({ code: 0, stdout: sound });
    registry.addVersion(withNote);
    registry.lockAgain();
    expect(await registry.check('--against', before)).toMatchObject({ code: 0, stderr: expect.any(String) as string });
  });

  test('what else was wrong with the earlier registry does not keep a later one from mending it', async () => {
    writeFileSync(path.join(before, acw, 'v8.json'), 'no JSON');
    expect(await registry.check('--against', before)).toMatchObject({ code: 0, stdout: sound });
  });

  test('an edited version is found although its line was edited, too', async () => {
    registry.write({ ...registry.read(acw, 'v7.json'), title: 'other' }, acw, 'v7.json');
    registry.lockAgain();
    expect((await registry.check()).code).toBe(0);
    const { code, stdout } = await againstLock();
    expect(code).toBe(1);
    expect(stdout).toContain(`${acw}/v7.json: its line in lock.json is another; undo it, and add the next version\n`);
  });

  test('a version that is gone is found although its line is gone, too', async () => {
    rmSync(registry.file(acw, 'v7.json'));
    rmSync(registry.file('envelope.sns'), { recursive: true });
    registry.lockAgain();
    const { code, stdout } = await againstLock();
    expect(code).toBe(1);
    expect(stdout).toContain(`${acw}/v7.json: was released; put the file and its line in lock.json back\n`);
    expect(stdout).toContain('envelope.sns/v1.json: was released');
    expect(stdout).toContain('2 promises broken');
  });

  test('with its folder: what it newly depends on and a mode that it weakens are broken promises', async () => {
    registry.write(
      { ...registry.read(acw, 'subject.json'), dependsOn: ['eventTime', 'conversationId', 'wrapupCode'] },
      acw,
      'subject.json',
    );
    registry.write(
      { ...registry.read('tidemark.event', 'subject.json'), compatibility: 'backward' },
      'tidemark.event',
      'subject.json',
    );
    expect((await againstLock()).code).toBe(0);
    const { code, stdout } = await registry.check('--against', before);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `${acw}/subject.json: newly depends on wrapupCode: messages without it, admitted until now, are refused`,
    );
    expect(stdout).toContain('tidemark.event/subject.json: keeps less than it promised');
    expect(stdout).toContain('2 promises broken');
  });

  test.each<[string, () => string]>([
    ['a file that is not there', () => path.join(before, 'none.json')],
    [
      'a lock that is none',
      () => {
        writeFileSync(path.join(before, 'lock.json'), '[]');
        return path.join(before, 'lock.json');
      },
    ],
    [
      'JSON that is something else',
      () => {
        writeFileSync(path.join(before, 'lock.json'), '{"detail":{"customer":"Jane"}}');
        return path.join(before, 'lock.json');
      },
    ],
    [
      'a folder without a lock',
      () => {
        rmSync(path.join(before, 'lock.json'));
        return before;
      },
    ],
  ])('%s is the caller’s to mend', async (_what, given) => {
    const { code, stdout, stderr } = await registry.check('--against', given());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--against: expected an earlier lock.json, or a folder with one');
  });
});
