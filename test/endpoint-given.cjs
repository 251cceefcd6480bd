const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const program = join(__dirname, '../localstack/messaging/main.ts');

/** Every suite deploys the same template; it is synthesized once. */
module.exports = () => {
  if (!process.env.AWS_ENDPOINT_URL)
    throw new Error('Expected AWS_ENDPOINT_URL to name an AWS endpoint, got nothing. For LocalStack: http://127.0.0.1:4566');
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'messaging.json');
  writeFileSync(file, execFileSync(process.execPath, ['--import', 'tsx', program], { stdio: 'pipe' }));
  process.env.MESSAGING_TEMPLATE = file;
};
