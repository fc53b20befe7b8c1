import type { Server } from './server.js';

/** What the desk has noted of messages, row by row, for people to read. */
export async function describeRows(server: Server, tokens: readonly number[]): Promise<string[]> {
  if (tokens.length === 0) return [];
  const carries = `content::text ~ '\\ms(${tokens.join('|')})v\\d'`;
  const rows = await server.query(
    `SELECT 'message' AS what, id, jsonb_build_object('revision', revision, 'in_post', in_post, 'internal', internal,
       'written', written_at, 'stored', created_at, 'edited', edited_at) AS of
     FROM messages WHERE ${carries}
     UNION ALL
     SELECT 'delivery', message_id, jsonb_build_object('id', id, 'queue', queue, 'state', state, 'attempts', attempts,
       'error', error, 'wanted', created_at, 'started', started_at, 'ended', finished_at)
     FROM deliveries WHERE message_id IN (SELECT id FROM messages WHERE ${carries})
     UNION ALL
     SELECT 'link', message_id, jsonb_build_object('side', side, 'role', role, 'place', external_id, 'made', created_at)
     FROM message_links WHERE message_id IN (SELECT id FROM messages WHERE ${carries})
     UNION ALL
     SELECT 'update', id, jsonb_build_object('telegram', external_id, 'state', state, 'received', received_at,
       'handled', handled_at, 'error', error)
     FROM updates WHERE payload::text ~ '\\ms(${tokens.join('|')})v\\d'
     ORDER BY 1, 2`,
  );
  return rows.map(({ what, id, of }) => `  ${String(what)} ${String(id)} ${JSON.stringify(of)}`);
}
