/** `npm run bench`: ratios against peers measured in the same run. */
console.log('Appends against Emmett\'s PostgreSQL store on the same server:');
await import('./append.bench.mjs');
console.log('\nCommands over HTTP against a no-op behind the same edge:');
await import('./http.bench.mjs');
