/**
 * Loads TypeScript as plain JavaScript, so that a history costs no more than it must: no names are kept, no source maps read.
 * What is transpiled is kept by its content. `node --require <this> main.ts`
 *
 * With SIMULATION_EDITS (JSON: file, from, to, each) the program is another: the mistake is in this process only, never on disk.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { _extensions: extensions } = require('node:module');
const { join, relative, resolve, sep } = require('node:path');

const root = resolve(__dirname, '../../..');
const kept = join(root, 'node_modules/.cache/tidemark-simulation');
const edits = JSON.parse(process.env.SIMULATION_EDITS ?? '[]');

const transpile = (source, fileName) => {
  const ts = require('typescript');
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    esModuleInterop: true,
    inlineSourceMap: true,
  };
  return ts.transpileModule(source, { compilerOptions, fileName }).outputText;
};

/** Several processes may keep the same file at once: it appears whole or not at all. */
const keep = (path, text) => {
  mkdirSync(kept, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
};

const compiled = (source, fileName) => {
  const hash = createHash('sha256').update(__filename).update(fileName).update('\n').update(source).digest('hex');
  const path = join(kept, `${hash}.js`);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const text = transpile(source, fileName);
    keep(path, text);
    return text;
  }
};

const edit = (source, { file, from, to }) => {
  const found = source.split(from).length - 1;
  if (found !== 1) throw new Error(`Expected this text once in ${file}, found it ${found} times; mend the mutation: ${from}`);
  return source.replace(from, () => to);
};

extensions['.ts'] = (module, fileName) => {
  const name = relative(root, fileName).split(sep).join('/');
  const source = edits.filter(({ file }) => file === name).reduce(edit, readFileSync(fileName, 'utf8'));
  module._compile(compiled(source, name), fileName);
};
