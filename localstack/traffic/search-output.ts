import { readFileSync } from 'node:fs';
import { findTokens } from './canary';

/* Reads what a program printed from standard input; exits 1 if it holds anything that only generated customers or secrets have. */

const leaked = [...findTokens(readFileSync(0, 'utf8'))];
if (leaked.length > 0) {
  console.error(
    `Expected no customer data and no secret in this output, got ${leaked.length}: ${leaked.slice(0, 10).join(', ')}`,
  );
  process.exitCode = 1;
}
