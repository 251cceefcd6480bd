import { App, Validations, type AppProps } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings } from './read-settings';
import { TidemarkStack } from './tidemark-stack';

/** One stack, by the settings in CDK's context. What cdk-nag finds and nobody has acknowledged fails the synthesis. */
export const createApp = (props: AppProps = {}): App => {
  const app = new App(props);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new TidemarkStack(app, readSettings(app.node.getAllContext() as Readonly<Record<string, unknown>>));
  return app;
};
