import { configureGlobal } from 'fast-check';

// The SDK prints a notice about Node 20 into every test otherwise.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

// A red test must be red again. `PROPERTY_SEED=$RANDOM npx jest` looks elsewhere.
configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
