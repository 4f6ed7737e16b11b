import type { Actor } from '../storage/audit.ts'
import type { Notice } from './notices.ts'

/** One request to write: who makes it, what they may, what they say about it, and what they are to be told. */
export interface Edit extends Actor {
  readonly mayPublish: boolean
  /** As in a commit message; kept with every version that the request writes. */
  readonly note: string | null
  /** The editor calls the change too small to explain. */
  readonly isMinor: boolean
  /** A change of what readers rely on, in what is live, must be explained by a correction. */
  readonly mustExplain: boolean
  /** What could be saved with a notice of what it loses is refused. */
  readonly isStrict: boolean
  /** New documents get the ids that their bodies have: for what is brought along from elsewhere, and never for a request. */
  readonly keepsIds: boolean
  /** Ids of documents by the names that earlier operations of the same request gave them. */
  readonly names: Map<string, string>
  /** What the editor should know and need not fix. */
  readonly notices: Notice[]
}

/** An edit that comes from no request: of a program on the machine itself. */
export function editBy(by: string): Edit {
  return {
    by,
    address: null,
    requestId: null,
    mayPublish: true,
    note: null,
    isMinor: false,
    mustExplain: false,
    isStrict: false,
    keepsIds: false,
    names: new Map(),
    notices: [],
  }
}
