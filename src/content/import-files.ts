import { sql } from 'kysely'
import { DatelineError } from '../errors.ts'
import type { Progress, Storage } from '../storage/open.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { type FileRead, type ImportOptions, readFileToImport } from './file-reading.ts'
import { type Failure, type FileToImport, filesToImport } from './files-to-import.ts'
import type { Imported } from './import-kept.ts'
import { leadsTo, missingTargets, withoutTargets } from './links-between-files.ts'

export interface ImportReport {
  readonly made: number
  readonly changed: number
  readonly unchanged: number
  readonly failed: readonly Failure[]
}

type Outcome = 'made' | 'changed' | 'unchanged'
type Transact = <Result>(work: (trx: WriteTrx) => Promise<Result>) => Promise<Result>

/**
 * Brings files in, people first. Some are saved in one transaction, because each waits for the disk; one that
 * fails is undone alone, and does not keep the others from being saved.
 *
 * @param paths of files and folders
 * @param isDry everything is done and told, in one transaction, and undone
 */
export async function importFiles(
  storage: Storage,
  paths: readonly string[],
  options: ImportOptions & { readonly isDry?: boolean },
  progress: Progress,
): Promise<ImportReport> {
  const { files, failed } = await filesToImport(paths)
  const importAll = async (transact: Transact) => {
    const run = new Import(transact, options, failed)
    await run.all(files, progress)
    return run.report()
  }
  return options.isDry ? tried(storage, importAll) : importAll((work) => storage.write(work))
}

/** Carries the report out of the transaction that it undoes. */
class Undone extends Error {
  readonly report: ImportReport

  constructor(report: ImportReport) {
    super('undone')
    this.report = report
  }
}

/** What a later file refers to has to be there, so all of it is one transaction. */
async function tried(
  storage: Storage,
  importAll: (transact: Transact) => Promise<ImportReport>,
): Promise<ImportReport> {
  try {
    return await storage.write(async (trx) => {
      throw new Undone(await importAll((work) => work(trx)))
    })
  } catch (error) {
    if (error instanceof Undone) return error.report
    throw error
  }
}

/** What is undone is forgotten as well: whatever is remembered for a transaction is for this one file. */
async function atSavepoint<Result>(trx: WriteTrx, work: (trx: WriteTrx) => Promise<Result>): Promise<Result> {
  const own = { ...trx, changed: false }
  await sql`savepoint one_file`.execute(trx.db)
  try {
    const result = await work(own)
    await sql`release savepoint one_file`.execute(trx.db)
    trx.changed = own.changed
    return result
  } catch (error) {
    await sql`rollback to savepoint one_file`.execute(trx.db)
    trx.changed = false
    throw error
  } finally {
    trx.created = own.created
  }
}

/** So many files are saved together: other writers wait meanwhile. */
const TOGETHER = 25

interface Saved {
  readonly read: FileRead
  readonly id: string
  readonly outcome: Outcome
}

interface NotSaved {
  readonly read: FileRead
  readonly error: unknown
}

class Import {
  readonly #transact: Transact
  readonly #options: ImportOptions
  readonly #failed: Failure[]
  readonly #counts = { made: 0, changed: 0, unchanged: 0 }
  /** The file that each document came from, by its id. */
  readonly #files = new Map<string, string>()

  constructor(transact: Transact, options: ImportOptions, failed: readonly Failure[]) {
    this.#transact = transact
    this.#options = options
    this.#failed = [...failed]
  }

  report(): ImportReport {
    return { ...this.#counts, failed: this.#failed }
  }

  async all(files: readonly FileToImport[], progress: Progress): Promise<void> {
    const waiting: FileRead[] = []
    progress(0, files.length)
    for (let from = 0; from < files.length; from += TOGETHER) {
      const reads = await this.#readAll(files.slice(from, from + TOGETHER))
      for (const saved of await this.#saveAll(reads)) {
        if ('outcome' in saved) this.#counts[saved.outcome] += 1
        else if (missingTargets(saved.read, saved.error).length > 0) waiting.push(saved.read)
        else this.#fail(saved.read.path, saved.error)
      }
      progress(Math.min(from + TOGETHER, files.length), files.length)
    }
    await this.#linked(waiting)
  }

  async #readAll(files: readonly FileToImport[]): Promise<FileRead[]> {
    const reads: FileRead[] = []
    for (const file of files)
      await this.#attempt(file, async () => void reads.push(await readFileToImport(file, this.#options)))
    return reads
  }

  /**
   * Articles that lead to others which were not there yet. Where two lead to each other, each is saved without
   * that once and then as it is.
   */
  async #linked(waiting: readonly FileRead[]): Promise<void> {
    const again: { read: FileRead; outcome: Outcome }[] = []
    for (const read of waiting)
      await this.#attempt(read, async () => {
        try {
          this.#counts[await this.#save(read)] += 1
        } catch (error) {
          const targets = missingTargets(read, error)
          if (targets.length === 0 || !leadsTo(waiting, targets)) throw error
          again.push({ read, outcome: await this.#save(withoutTargets(read, targets, this.#options)) })
        }
      })
    for (const { read, outcome } of again)
      await this.#attempt(read, async () => {
        const last = await this.#save(read)
        this.#counts[outcome === 'unchanged' ? last : outcome] += 1
      })
  }

  async #attempt({ path }: { readonly path: string }, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#fail(path, error)
    }
  }

  async #save(read: FileRead): Promise<Outcome> {
    const [saved] = await this.#saveAll([read])
    if (!saved || 'error' in saved) throw saved?.error
    return saved.outcome
  }

  async #saveAll(reads: readonly FileRead[]): Promise<(Saved | NotSaved)[]> {
    try {
      const all = await this.#transact((trx) => this.#saveIn(trx, reads))
      for (const saved of all) if ('id' in saved) this.#files.set(saved.id, saved.read.path)
      return all
    } catch (error) {
      return reads.map((read) => ({ read, error }))
    }
  }

  async #saveIn(trx: WriteTrx, reads: readonly FileRead[]): Promise<(Saved | NotSaved)[]> {
    const all: (Saved | NotSaved)[] = []
    const files = new Map<string, string>()
    const fileOf = (id: string) => files.get(id) ?? this.#files.get(id)
    let isChanged = false
    for (const read of reads) {
      try {
        const { id, isNew } = await atSavepoint(trx, (own) => savedOnce(own, read, fileOf))
        all.push({ read, id, outcome: isNew ? 'made' : trx.changed ? 'changed' : 'unchanged' })
        files.set(id, read.path)
      } catch (error) {
        if (trx.dialect.isRetryable(error) || trx.dialect.isUnavailable(error)) throw error
        all.push({ read, error })
      }
      isChanged ||= trx.changed
    }
    trx.changed = isChanged
    return all
  }

  #fail(path: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#failed.push({ path, reason: reason.replace(/\s+/g, ' ').trim() })
  }
}

async function savedOnce(
  trx: WriteTrx,
  read: FileRead,
  fileOf: (id: string) => string | undefined,
): Promise<Imported> {
  const imported = await read.save(trx)
  const other = fileOf(imported.id)
  if (other !== undefined && other !== read.path) throw twice(other)
  return imported
}

function twice(path: string): DatelineError {
  return new DatelineError('already_exists', `It has the id or the slug of what came from ${path}.`)
}
