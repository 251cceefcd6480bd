import { App } from 'aws-cdk-lib';
import { readSettings } from './read-settings';
import { TidemarkStack } from './tidemark-stack';

/* `cdk synth` and `cdk deploy` run this: one stack, by the settings in CDK's context. */

const app = new App();
const settings = readSettings(app.node.getAllContext() as Readonly<Record<string, unknown>>);
new TidemarkStack(app, settings);
