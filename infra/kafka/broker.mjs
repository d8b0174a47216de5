/** The broker of `npm run split`, in a process of its own: it ends when whoever holds its channel is gone, however that ended. */
import process from 'node:process';

// Heard from the first moment, before the code is loaded: a broker that is still starting is stopped as soon as it has started.
const alone = new Promise((resolve) => {
  if (process.connected) process.once('disconnect', resolve);
  else resolve();
});
// A stop of the terminal's or supervisor's whole group is for the product, which needs the broker until it has ended.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);

try {
  const { launchKafka } = await import('@fascia/testkit');
  if (!process.connected) process.exit(0);
  const kafka = await launchKafka();
  if (process.connected) process.send({ brokers: kafka.brokers });
  await alone;
  await kafka.stop();
} catch (error) {
  if (process.connected) process.send({ error: error.message });
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
