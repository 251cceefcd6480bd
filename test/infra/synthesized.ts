import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Messaging } from '../../infra/messaging';
import { readSettings } from '../../infra/read-settings';
import { TidemarkStack } from '../../infra/tidemark-stack';

/* The template as `cdk synth` makes it. CDK's checks of it and cdk-nag's are asked elsewhere, in nag.test.ts. */

export type Properties = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Parameters?: Properties;
}

export type Context = Readonly<Record<string, string>>;

const root = join(__dirname, '../..');

/** What a deploy must be told; and an image, since building one would copy the checkout. */
export const least: Context = { GENESYS_REGION: 'us-east-1', image: 'example.com/tidemark:1.0.0' };

/** As the CDK's command line gives it: what cdk.json says, then `-c`. */
export const contextOf = (given: Context): Properties => {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Properties };
  return { ...context, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:disable-asset-staging': true, ...least, ...given };
};

/** A folder of its own, gone after. */
export const inFolder = <T>(use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-cdk-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Without the checks, which cost seconds. */
export const quietApp = (context: Context, outdir: string): App =>
  new App({
    context: { ...contextOf(context), '@aws-cdk/core:annotationsInValidationReport': false },
    outdir,
    builtinCloudFormationValidation: false,
  });

const made = new Map<string, Template>();

const make = (context: Context): Template =>
  inFolder((outdir) => {
    const app = quietApp(context, outdir);
    const stack = new TidemarkStack(app, readSettings(contextOf(context)));
    return app.synth().getStackByName(stack.stackName).template as Template;
  });

/** The template as data; made once for each context. */
export const synthesize = (context: Context = {}): Template => {
  const key = JSON.stringify(Object.entries(context).sort());
  const template = made.get(key) ?? make(context);
  made.set(key, template);
  return template;
};

/** Messaging alone in its stack: what is cut out of the template for LocalStack. */
export const messagingAlone = (context: Context): Template =>
  inFolder((outdir) => {
    const app = quietApp(context, outdir);
    const settings = readSettings(contextOf(context));
    new Messaging(new Stack(app, settings.stackName), 'Messaging', settings);
    return app.synth().getStackByName(settings.stackName).template as Template;
  });

/** Below the stack: `Messaging/Queues/Intake/Resource`. */
export const pathOf = ({ Metadata }: Resource): string => {
  const path = Metadata?.['aws:cdk:path'] ?? '';
  return path.slice(path.indexOf('/') + 1);
};

/** Resources of one type, by their path below the stack. */
export const resourcesOf = (template: Template, type: string): Readonly<Record<string, Resource>> =>
  Object.fromEntries(
    Object.values(template.Resources)
      .filter(({ Type }) => Type === type)
      .map((resource) => [pathOf(resource), resource]),
  );

/** One that must be there. */
export const resourceAt = (template: Template, type: string, path: string): Resource => {
  const found = resourcesOf(template, type)[path];
  if (!found) throw new Error(`Expected ${type} at ${path}, got ${Object.keys(resourcesOf(template, type)).join(', ')}.`);
  return found;
};
export const logicalId = (template: Template, path: string): string =>
  Object.entries(template.Resources).find(([, resource]) => pathOf(resource) === path)?.[0] ?? '';
export const arnOf = (template: Template, path: string) => ({ 'Fn::GetAtt': [logicalId(template, path), 'Arn'] });
