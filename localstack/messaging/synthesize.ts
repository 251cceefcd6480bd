import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { readSettings } from '../../infra/read-settings';
import { TidemarkStack } from '../../infra/tidemark-stack';
import type { Template } from './template';

const cdkFile = join(__dirname, '..', '..', 'cdk.json');

/**
 * A bus of its own, as there is no partner here, and nothing that outlives its stack; every step of the workflow. Region and image are
 * of the worker's part, which is cut off.
 */
const settings = {
  ...{ onDelete: 'remove', crmUrl: 'https://crm.invalid', ticketUrl: 'https://tickets.invalid' },
  ...{ GENESYS_REGION: 'us-east-1', image: 'tidemark:not-used' },
};

/** As CDK's command line says it: each resource tells where it stands. */
const asCommandLine = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:disable-asset-staging': true };

/**
 * The stack as `cdk synth` makes it, under CDK's switches of cdk.json. It takes seconds, most of them for loading CDK; the checks of the
 * template are for whoever deploys.
 */
export const synthesizeStack = (given: Readonly<Record<string, string>>): Template => {
  const outdir = mkdtempSync(join(tmpdir(), 'tidemark-synth-'));
  try {
    const { context } = JSON.parse(readFileSync(cdkFile, 'utf8')) as { readonly context: Record<string, unknown> };
    const quiet = { ...context, ...asCommandLine, '@aws-cdk/core:annotationsInValidationReport': false };
    const app = new App({ outdir, context: quiet, builtinCloudFormationValidation: false });
    const stack = new TidemarkStack(app, readSettings({ ...settings, ...given }));
    return app.synth().getStackByName(stack.stackName).template as Template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};
