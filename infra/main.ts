import { SettingsError } from './read-settings';
import { createApp } from './tidemark-app';

/* `cdk synth` and `cdk deploy` run this. */

try {
  createApp();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
