/**
 * Loaded into a process before its own code (`node --import`): lets it die with SIGKILL, once, exactly where a spec
 * says, or lose a record. A wish is a file in the folder that `?dir=` names; whoever renames it carries it out.
 */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import pg from 'pg';

const dir = new URL(import.meta.url).searchParams.get('dir') ?? '';
const app = /apps\/([^/]+)\/dist\/main\.js$/.exec(process.argv[1] ?? '')?.[1] ?? '';

/** Whether somebody wishes it, and this process is the one to do it. */
const wished = (place) => {
  const wish = join(dir, `${app}.${place}`);
  if (!existsSync(wish)) return false;
  try {
    renameSync(wish, `${wish}.done`);
    return true;
  } catch {
    return false;
  }
};

const die = () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes before anything else does.
  return new Promise(() => undefined);
};

const dieIf = (place) => (wished(place) ? die() : undefined);

/** What a statement is about, for the places that are named by it. */
const stepOf = (text) => {
  if (text.includes('log.append(')) return 'append';
  if (text.includes('update delivery.checkpoint')) return 'checkpoint';
  if (text.includes('update delivery.relay')) return 'checkpoint';
  if (text.includes('update read.slice')) return 'write';
  return text === 'commit' ? 'commit' : undefined;
};

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function (config, ...rest) {
  const text = typeof config === 'string' ? config : config?.text;
  const step = app === '' || typeof text !== 'string' ? undefined : stepOf(text);
  // The pool hands over callbacks: only their place in time matters here.
  if (step === undefined) return query.call(this, config, ...rest);
  if (wished(`${step}.before`)) return die();
  const after = `${step}.after`;
  const [last] = rest.slice(-1);
  if (typeof last === 'function') {
    const called = (...answer) => {
      if (wished(after)) void die();
      else last(...answer);
    };
    return query.call(this, config, ...rest.slice(0, -1), called);
  }
  const answer = query.call(this, config, ...rest);
  return typeof answer?.then === 'function'
    ? answer.then(async (result) => {
        await dieIf(after);
        return result;
      })
    : answer;
};

const producer = kafkajs.Kafka.prototype.producer;
kafkajs.Kafka.prototype.producer = function (...options) {
  const made = producer.apply(this, options);
  const { sendBatch } = made;
  made.sendBatch = async (batch) => {
    await dieIf('publish.before');
    const { sent, lied } = wished('drop') ? without(batch) : { sent: batch, lied: [] };
    const acknowledged = sendBatch(sent);
    // Written to the socket, not answered yet.
    if (existsSync(join(dir, `${app}.publish.sent`))) {
      await turn();
      await turn();
    }
    await dieIf('publish.sent');
    const answer = [...(await acknowledged), ...lied];
    await dieIf('publish.acked');
    return answer;
  };
  return made;
};

/** The batch with its first record left out, and the acknowledgement that a broker which lies about it gives all the same. */
const without = ({ topicMessages, ...rest }) => {
  const [{ topic, messages }] = topicMessages;
  const [{ partition }] = messages;
  return {
    sent: { ...rest, topicMessages: [{ topic, messages: messages.slice(1) }, ...topicMessages.slice(1)] },
    lied: [{ topicName: topic, partition, errorCode: 0 }],
  };
};
