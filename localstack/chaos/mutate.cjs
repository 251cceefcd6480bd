'use strict';
/*
 * Loaded into a worker before its program (`node --require`): replaces a text of one module while it is read, never on disk. What to
 * replace is in CHAOS_MUTATION. A text that is not there, or there twice, ends the worker: a mutation that changes nothing proves nothing.
 */
const Module = require('node:module');
const path = require('node:path');

const { file, from, to } = JSON.parse(process.env.CHAOS_MUTATION);
const target = path.join(path.sep, 'dist', ...file.split('/'));
const compile = Module.prototype._compile;

Module.prototype._compile = function compileMutated(content, filename, ...rest) {
  if (!filename.endsWith(target)) return compile.call(this, content, filename, ...rest);
  const found = content.split(from).length - 1;
  if (found !== 1)
    throw new Error(`Expected the text to replace once in ${filename}, found it ${found} times. Has the code changed?`);
  return compile.call(
    this,
    content.replace(from, () => to),
    filename,
    ...rest,
  );
};
