/** The broker of `npm run split`, in a process of its own: it ends when whoever holds its channel is gone, however that ended. */
import { launchKafka } from '@fascia/testkit';
import process from 'node:process';

try {
  const kafka = await launchKafka();
  process.once('disconnect', () => void kafka.stop().finally(() => process.exit(0)));
  process.send({ brokers: kafka.brokers });
} catch (error) {
  process.send({ error: error.message }, () => process.exit(1));
}
