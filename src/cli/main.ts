import { enableCompileCache } from 'node:module';

enableCompileCache();
const { lockerctl } = await import('./lockerctl.ts');
await lockerctl(process.argv.slice(2));
