import { sql } from 'kysely'
import { DatelineError } from '../errors.ts'
import type { Progress, Storage } from '../storage/open.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { type FileRead, type ImportOptions, readFileToImport } from './file-reading.ts'
import { type Failure, type FileToImport, filesToImport } from './files-to-import.ts'
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
 * Brings files in, people first: each is saved in a transaction of its own, and one that fails does not keep
 * the others from being saved.
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

/** What a later file refers to has to be there, so all of it is one transaction with a savepoint for each file. */
async function tried(
  storage: Storage,
  importAll: (transact: Transact) => Promise<ImportReport>,
): Promise<ImportReport> {
  try {
    return await storage.write(async (trx) => {
      throw new Undone(await importAll((work) => atSavepoint(trx, work)))
    })
  } catch (error) {
    if (error instanceof Undone) return error.report
    throw error
  }
}

async function atSavepoint<Result>(trx: WriteTrx, work: (trx: WriteTrx) => Promise<Result>): Promise<Result> {
  trx.changed = false
  await sql`savepoint one_file`.execute(trx.db)
  try {
    const result = await work(trx)
    await sql`release savepoint one_file`.execute(trx.db)
    return result
  } catch (error) {
    await sql`rollback to savepoint one_file`.execute(trx.db)
    throw error
  }
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
    for (const [index, file] of files.entries()) {
      let read: FileRead | undefined
      try {
        read = await readFileToImport(file, this.#options)
        this.#counts[await this.#save(read)] += 1
      } catch (error) {
        if (read && missingTargets(read, error).length > 0) waiting.push(read)
        else this.#fail(file.path, error)
      }
      progress(index + 1, files.length)
    }
    await this.#linked(waiting)
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

  async #attempt({ path }: FileRead, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#fail(path, error)
    }
  }

  async #save(read: FileRead): Promise<Outcome> {
    const { id, isNew, isChanged } = await this.#transact(async (trx) => {
      const imported = await read.save(trx)
      const other = this.#files.get(imported.id)
      if (other !== undefined && other !== read.path) throw twice(other)
      return { ...imported, isChanged: trx.changed }
    })
    this.#files.set(id, read.path)
    return isNew ? 'made' : isChanged ? 'changed' : 'unchanged'
  }

  #fail(path: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#failed.push({ path, reason: reason.replace(/\s+/g, ' ').trim() })
  }
}

function twice(path: string): DatelineError {
  return new DatelineError('already_exists', `It has the id or the slug of what came from ${path}.`)
}
