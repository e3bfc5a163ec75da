import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openClicker } from '#cli/clicker.ts';
import { startSourceWorkstation } from '#cli/source-workstation.ts';
import { orderText } from './order-text.ts';
import { temporaryFolder } from './stage.ts';
import { databaseOf } from './story.ts';

/** A workstation without waiting for its devices: what it is told here does not concern them. */
async function station(data: string) {
  const workstation = await startSourceWorkstation({ data });
  onTestFinished(() => workstation.close());
  return { workstation, clicker: await openClicker(workstation) };
}

describe('an order that cannot be', () => {
  it('is refused in sentences: no JSON, a missing field, a wrong check digit, and the same order twice', async () => {
    const { workstation, clicker } = await station(temporaryFolder());
    const refusal = async (text: string): Promise<string> => {
      const answer = await clicker.importOrder(text);
      return answer.kind === 'failed' ? answer.failure.message : answer.kind;
    };
    const product = { gtin: '09521234543219', gcpLength: 7, name: 'Example Tablets', minGrade: 1.5 };
    expect(await refusal('{ "order": ')).toMatch(/^This is no JSON file .*Export the order again/);
    expect(await refusal('{ "order": "A-1" }')).toMatch(/^product: .+\nlot: .+\nexpiry: .+\nquantity: /);
    expect(await refusal(orderText(10, { product }))).toBe(
      'product.gtin: GTIN 09521234543219 ends in 9, but its check digit is 3. One of its digits is wrong; compare it with the product master.',
    );
    expect(await refusal(orderText(10, { expiry: '2020-01-31' }))).toMatch(/^expiry: .*2020-01-31/);
    expect([...workstation.desk.floor.runs.keys()]).toEqual([]);
    expect(await refusal(orderText(10))).toBe('done');
    expect(await refusal(orderText(10))).toMatch(/^order: Order SCENARIO-1 has been imported before\./);
    expect([...workstation.desk.floor.runs.keys()]).toEqual([1]);
  });
});

describe('a record', () => {
  it('of a newer version is refused, and says which version is needed', async () => {
    const data = temporaryFolder();
    const { workstation } = await station(data);
    await workstation.close();
    const db = new Database(databaseOf(data));
    db.pragma('user_version = 99');
    db.close();
    await expect(startSourceWorkstation({ data })).rejects.toThrow(
      /was written by a newer Linewright \(record version 99; this one knows \d+\)\. Use that version\./,
    );
  });
});
