import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { metricDefinitions } from '../src/core/metric-names';
import { rejectionReasons } from '../src/core/rejection';
import { blocks } from './docs/generated';

const root = path.join(__dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** What is committed or about to be, without what is ignored. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const pages = files.filter((file) => file.endsWith('.md'));

/** Without code, where brackets and hashes mean something else. */
const proseOf = (page: string): string => page.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

describe('what the code knows better stands in the pages as the code says it', () => {
  /* `UPDATE_DOCS=1 npx jest test/docs.test.ts` writes the blocks anew. */
  const blockOf = (name: string): RegExp => new RegExp(`(<!-- written from the code: ${name} -->)[\\s\\S]*?(<!-- end -->)`);

  test.each(Object.entries(blocks))('%s', async (name, write) => {
    const page = pages.find((file) => blockOf(name).test(read(file)));
    if (page === undefined) throw new Error(`Expected a page with a block \`${name}\`, found none.`);
    const written = read(page);
    const content = await write();
    const wanted = written.replace(blockOf(name), (_, open: string, close: string) => `${open}\n\n${content}\n\n${close}`);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path.join(root, page), wanted);
    else expect(written).toBe(wanted);
  });
});

describe('every page', () => {
  const anchorOf = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
  const anchorsOf = (page: string): readonly string[] =>
    [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));

  test('links only to what is there', () => {
    const links = pages.flatMap((page) =>
      [...proseOf(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target })),
    );
    const broken = links.filter(({ page, target }) => {
      if (/^https?:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(root, to))) return true;
      return anchor !== undefined && !anchorsOf(read(to)).includes(anchor);
    });
    expect(links.length).toBeGreaterThan(30);
    expect(broken).toEqual([]);
  });

  test('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  test('speaks of effectively once, and so does every file of the code', () => {
    const tooMuch = new RegExp(['exactly', 'once'].join('[\\s*-]+'), 'i');
    const texts = files.filter((file) => /\.(md|ts|json|yaml|cjs|mjs)$/.test(file) || !file.includes('.'));
    expect(texts.filter((file) => tooMuch.test(read(file)))).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  test('is at most 200 lines', () => {
    expect(readme.split('\n').length - 1).toBeLessThanOrEqual(200);
  });

  test('draws a tree in which every path is there, and every folder of src', () => {
    const [, tree = ''] = /## Where things live\s+```\n([\s\S]*?)```/.exec(readme) ?? [];
    const paths: string[] = [];
    let folder = '';
    for (const line of tree.split('\n').filter((one) => one !== '')) {
      const isInner = line.startsWith('  ');
      const names = line
        .trim()
        .split(/\s{2,}/)[0]!
        .split(' ');
      if (!isInner && names[0]!.endsWith('/')) folder = names[0]!;
      paths.push(...names.map((name) => (isInner ? `${folder}${name}` : name)));
    }
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((one) => !existsSync(path.join(root, one)))).toEqual([]);
    const folders = new Set(files.flatMap((file) => /^src\/[^/]+\//.exec(file) ?? []));
    expect([...folders].filter((one) => !paths.includes(one))).toEqual([]);
  });

  test('names the six steps in the order of the pipeline', () => {
    const steps = [...readme.matchAll(/\[(\w+)\]\(src\/steps\/\w+\.ts\)/g)].map(([, step]) => step);
    expect(steps).toEqual(['receive', 'validate', 'buffer', 'reconstruct', 'enrich', 'emit']);
  });

  test('quotes log lines that the program writes', () => {
    const source = files.filter((file) => /^src\/.*\.ts$/.test(file)).map(read);
    const quoted = [...readme.matchAll(/log “([^”]+)”/g)].map(([, line = '']) => line);
    expect(quoted.length).toBeGreaterThan(5);
    const templates = source.flatMap((file) => [...file.matchAll(/log\.\w+\(\s*`([^`]+)`/g)].map(([, line = '']) => line));
    const isWritten = (line: string): boolean =>
      source.some((file) => file.includes(line)) || templates.some((template) => patternOf(template).test(line));
    expect(quoted.filter((line) => !isWritten(line))).toEqual([]);
  });

  test('names metrics that the program has', () => {
    const named = [...readme.matchAll(/metrics? ((?:`[A-Z]\w+`(?:, )?)+)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !Object.hasOwn(metricDefinitions, name))).toEqual([]);
  });
});

/** A log line with its holes. */
const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]*\}/g, '.+')}$`);

/** A file, and all that it imports. */
const filesBehind = (entry: string): readonly string[] => {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file) || !existsSync(path.join(root, file))) return;
    found.add(file);
    for (const [, target = ''] of read(file).matchAll(/from '(\.[^']+)'/g)) follow(`${path.join(path.dirname(file), target)}.ts`);
  };
  follow(entry);
  return [...found];
};

test('docs/configuration.md names every right that a worker needs, and no other', () => {
  const rights: Readonly<Record<string, string | readonly string[]>> = {
    BatchExecuteStatement: ['dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
    ReceiveMessage: 'sqs:ReceiveMessage',
    SendMessage: 'sqs:SendMessage',
    DeleteMessageBatch: 'sqs:DeleteMessage',
    ChangeMessageVisibilityBatch: 'sqs:ChangeMessageVisibility',
    BatchGet: 'dynamodb:BatchGetItem',
    BatchGetItem: 'dynamodb:BatchGetItem',
    BatchWrite: 'dynamodb:BatchWriteItem',
    BatchWriteItem: 'dynamodb:BatchWriteItem',
    Get: 'dynamodb:GetItem',
    Put: 'dynamodb:PutItem',
    Update: 'dynamodb:UpdateItem',
    UpdateItem: 'dynamodb:UpdateItem',
    Delete: 'dynamodb:DeleteItem',
    Query: 'dynamodb:Query',
    StartExecution: 'states:StartExecution',
    Publish: 'sns:Publish',
    PublishBatch: 'sns:Publish',
    GetSecretValue: 'secretsmanager:GetSecretValue',
  };
  const sources = filesBehind('src/commands/worker.ts')
    .filter((file) => file.startsWith('src/aws/'))
    .map(read);
  const commands = sources.flatMap((source) => [...source.matchAll(/new ([A-Z]\w+)Command\(/g)].map(([, name = '']) => name));
  // Receiving is sqs-consumer's.
  const needed = new Set(['sqs:ReceiveMessage', ...commands.flatMap((command) => rights[command] ?? `the right to ${command}`)]);
  const named = [...read('docs/configuration.md').matchAll(/`(\w+:[A-Z]\w+)`/g)].map(([, right = '']) => right);
  expect([...new Set(named)].sort()).toEqual([...needed].sort());
});

test('docs/wrong-input.md explains every reason to reject', () => {
  const page = read('docs/wrong-input.md');
  expect(rejectionReasons.filter((reason) => !page.includes(`| \`${reason}\` |`))).toEqual([]);
});
