/** A product of its own that a spec of the API speaks to, and how its problems look. */
import { testDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import type { Document } from './document.js';
import { Fascia, type FasciaOptions } from './harness.js';
import { besideItsDatabase } from './log.js';
import { unlessOverloaded, type Answer } from './person.js';

export interface Served {
  readonly fascia: Fascia;
  readonly pool: Pool;
  readonly document: Document;
  dispose(): Promise<void>;
}

/** @param env settings beside the usual ones */
export const served = async (env: FasciaOptions['env'] = {}): Promise<Served> => {
  const database = await testDatabase();
  const pool = new Pool({ connectionString: database.connectionString });
  const fascia = new Fascia(await besideItsDatabase({ ...env, DATABASE_URL: database.connectionString }));
  const dispose = async (): Promise<void> => {
    await fascia.dispose();
    await pool.end();
    await database.drop();
  };
  try {
    await fascia.start();
    const { body } = await unlessOverloaded(async () => {
      const response = await fetch(`${fascia.url}/openapi.json`);
      return { status: response.status, headers: response.headers, body: await response.json() };
    });
    return { fascia, pool, document: body as Document, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};

export const expectProblem = (answer: Answer, status: number, code: string): void => {
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(typeof answer.body.detail).toBe('string');
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|at Object|\.ts:/);
};
