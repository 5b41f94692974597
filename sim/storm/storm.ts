import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runStorms } = await import('./run-storms.ts');
process.exitCode = await runStorms(process.argv.slice(2));
