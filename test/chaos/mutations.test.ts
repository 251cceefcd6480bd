import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { mutations } from '../../localstack/chaos/mutations';

/* A mutation is a text of the built program: when the code changes, it must change with it, or it would prove nothing. */

const built = (file: string): string => {
  const source = readFileSync(join(__dirname, '../../src', file.replace(/\.js$/, '.ts')), 'utf8');
  const compilerOptions = { target: ScriptTarget.ES2023, module: ModuleKind.CommonJS };
  return transpileModule(source, { compilerOptions }).outputText;
};

test.each(Object.entries(mutations))('the text that %s replaces is in the program, once', (_, { file, from, to }) => {
  expect(built(file).split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
});
