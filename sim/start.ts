const isTerminal = process.stdout.isTTY === true && process.stdin.isTTY === true;

if (isTerminal && !process.argv.includes('--scripted')) {
  const { playLive } = await import('./live/live.ts');
  process.exit(await playLive());
} else {
  const { playDemo } = await import('./demo/demo.ts');
  const done = await playDemo((line) => console.log(line));
  process.exitCode = done ? 0 : 1;
}
