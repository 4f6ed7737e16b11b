import { engine } from './database.ts'

/**
 * How much of a long test to run: a small version in the suite, the whole with `npm run torture`.
 *
 * @param again in the suite on PostgreSQL, where it is about what SQLite has shown already; absent: as much
 */
export function amount({
  suite,
  torture,
  again = suite,
}: {
  suite: number
  torture: number
  again?: number
}): number {
  if (process.env.TORTURE) return torture
  return engine === 'postgres' ? again : suite
}
