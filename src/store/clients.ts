import type { Client, ClientInput } from '../contract/organizations.ts';
import type { BodyForm } from '../contract/wire.ts';
import type { Db } from './db.ts';

/** An app client and whose it is; `organization` null: users of every organization may sign in with it. */
export interface RegisteredClient extends Client {
  organization: string | null;
}

interface ClientRow {
  client_id: string;
  org_id: string | null;
  name: string;
  body_form: BodyForm;
}

const toClient = (row: ClientRow): Client => ({
  ClientID: row.client_id,
  Name: row.name,
  BodyForm: row.body_form,
});

const COLUMNS = 'client_id, org_id, name, body_form';

/** Registers a client; null when the id is taken. */
export async function createClient(
  db: Db,
  organization: string | null,
  client: Client,
  now_us: number,
): Promise<Client | null> {
  const rows = await db.query<ClientRow>(
    `insert into clients (org_id, client_id, name, body_form, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning ${COLUMNS}`,
    [organization, client.ClientID, client.Name, client.BodyForm, now_us],
  );
  return rows[0] ? toClient(rows[0]) : null;
}

/** The client that a sign-in names: its organization is what the sign-in has to find out. */
export async function findClient(db: Db, id: string): Promise<RegisteredClient | null> {
  const rows = await db.query<ClientRow>(`select ${COLUMNS} from clients where client_id = $1`, [id]);
  return rows[0] ? { ...toClient(rows[0]), organization: rows[0].org_id } : null;
}

/** Clients that users of the organization may sign in with: its own and those open to all. */
export async function listClients(db: Db, organization: string): Promise<Client[]> {
  const rows = await db.query<ClientRow>(
    `select ${COLUMNS} from clients where org_id = $1 or org_id is null order by client_id limit 10000`,
    [organization],
  );
  return rows.map(toClient);
}

/** Changes a client of the organization; null when it has none of that id. */
export async function patchClient(
  db: Db,
  organization: string,
  id: string,
  patch: Partial<Omit<ClientInput, 'ClientID'>>,
): Promise<Client | null> {
  const rows = await db.query<ClientRow>(
    `update clients set name = coalesce($3, name), body_form = coalesce($4, body_form)
     where org_id = $1 and client_id = $2 returning ${COLUMNS}`,
    [organization, id, patch.Name ?? null, patch.BodyForm ?? null],
  );
  return rows[0] ? toClient(rows[0]) : null;
}

/** Removes a client of the organization with the sign-ins made through it; false when it has none of that id. */
export async function deleteClient(db: Db, organization: string, id: string): Promise<boolean> {
  return db.transaction(async (db) => {
    const rows = await db.query(
      'delete from clients where org_id = $1 and client_id = $2 returning client_id',
      [organization, id],
    );
    // A client registered again under the same id must not bring old refresh tokens back to life.
    if (rows.length > 0) await db.query('delete from sign_ins where client_id = $1', [id]);
    return rows.length > 0;
  });
}
