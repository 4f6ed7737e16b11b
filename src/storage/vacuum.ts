import { workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

/**
 * The program of a thread: writes a SQLite file anew, without anything that was deleted from it.
 *
 * `secure_delete` overwrites the cells of deleted rows, and still leaves remnants: when a page overflows and
 * its rows are spread over its neighbours, copies of those that moved stay in the gap of the old page, where
 * no later deletion finds them. One purge in some ninety left a word that way. A `vacuum` builds every page
 * from what is in the tables, and the log, which has the pages from before, is cut off after it.
 */

/**
 * How long to wait for other processes' transactions, in milliseconds, each time: less than a writer does,
 * because a writer waits for a checkpoint that waits for a reader.
 */
const PATIENCE = 2_000

const database = new SQLite(String(workerData), { timeout: PATIENCE, fileMustExist: true })
try {
  database.pragma('synchronous = FULL')
  database.pragma('secure_delete = ON')
  database.exec('vacuum')
  const busy = database.pragma('wal_checkpoint(truncate)', { simple: true })
  if (busy !== 0) throw new SQLite.SqliteError('Somebody reads from the log.', 'SQLITE_BUSY')
} finally {
  database.close()
}
