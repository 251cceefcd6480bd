import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../src/config';
import { describeConfig } from '../src/config-described';
import { envExample } from './docs/env-example';

const file = path.join(__dirname, '..', '.env.example');
/* `UPDATE_DOCS=1 npx jest test/env-example.test.ts` writes it anew. */
if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, envExample());
const text = readFileSync(file, 'utf8');

/** As `docker run --env-file` and `node --env-file` read it. */
const variablesIn = (lines: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...lines.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
const uncommented = text.replace(/^#(?=[A-Z][A-Z0-9_]*=)/gm, '');

test('.env.example is as the code has it', () => {
  expect(text).toBe(envExample());
});

test('.env.example names every variable, each once, and no other', () => {
  const names = [...uncommented.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(
    describeConfig()
      .map(({ name }) => name)
      .sort(),
  );
});

test('a worker can be started with .env.example as it stands', () => {
  expect(() => loadConfig(variablesIn(text))).not.toThrow();
});

test('what .env.example leaves out has the value that it shows', () => {
  expect(loadConfig(variablesIn(uncommented))).toEqual(loadConfig(variablesIn(text)));
});
