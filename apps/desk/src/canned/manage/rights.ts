import type { Role } from '../../relay/model.js';

/** Who changes canned replies: every agent, or admins only. Deleting is for admins in any case. */
export type Editors = 'agents' | 'admins';

export function mayEdit(role: Role, editors: Editors): boolean {
  return role === 'admin' || (role === 'agent' && editors === 'agents');
}

export function mayDelete(role: Role): boolean {
  return role === 'admin';
}
