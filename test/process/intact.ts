import { type RawBuilder, sql } from 'kysely'
import { content } from '../../src/content/index.ts'
import { listIndex } from '../../src/documents/content-type.ts'
import { openStorage } from '../../src/storage/open.ts'

/** What is broken in a database, by the rule that it breaks: nothing, whatever happened to its server. */
export async function findDamage(url: string): Promise<Record<string, unknown[]>> {
  const storage = await openStorage(url)
  try {
    return await storage.read(async (trx) => {
      const damage: Record<string, unknown[]> = {}
      for (const [rule, query] of [...rules(), ...(url.startsWith('sqlite:') ? fileRules : [])]) {
        const { rows } = await query.execute(trx.db)
        if (rows.length > 0) damage[rule] = rows
      }
      return damage
    })
  } finally {
    await storage.close()
  }
}

type Rule = [name: string, broken: RawBuilder<unknown>]

const fileRules: Rule[] = [
  ['the file is sound', sql`select * from pragma_integrity_check where integrity_check <> 'ok'`],
  [
    'what finds versions by their words has every one',
    sql`select id from (select id, type,
        trim(words, ' ' || char(10)) || ' ' as words from version_words) as w
      where w.words <> ' ' and not exists (select 1 from words_fts where rowid = w.id and words_fts match
        '"' || w.type || '§' || substr(w.words, 1, instr(w.words, ' ') - 1) || '"')`,
  ],
  ['references lead somewhere', sql`select * from pragma_foreign_key_check`],
]

function rules(): Rule[] {
  return content.flatMap((each): Rule[] => {
    const { type, table: name, relations } = each
    const table = sql.table(name)
    return [
      [
        `the versions of each ${type} have no gaps`,
        sql`select document_id from ${table} group by document_id
          having min(version) <> 1 or max(version) <> count(*)`,
      ],
      [
        `the latest version of each ${type} is there`,
        sql`select id from documents where type = ${type} and latest_version is distinct from
          (select max(version) from ${table} where document_id = id)`,
      ],
      [
        `no two windows of a ${type} overlap`,
        sql`select one.document_id from ${table} one join ${table} two on one.document_id = two.document_id
          and one.version < two.version and one.live_from < two.live_to and two.live_from < one.live_to
          where one.live_from < one.live_to and two.live_from < two.live_to`,
      ],
      [
        `every version of a ${type} has its one line in the audit`,
        sql`select v.document_id, v.version from ${table} v left join audit a
          on a.document_id = v.document_id and a.version = v.version
          group by v.document_id, v.version having count(a.id) <> 1`,
      ],
      [
        `every version of a ${type} has its one row of words`,
        sql`select v.document_id, v.version from ${table} v left join version_words w
          on w.document_id = v.document_id and w.version = v.version and w.type = ${type}
          and w.live_from is not distinct from v.live_from
          group by v.document_id, v.version having count(w.id) <> 1`,
      ],
      [
        `there are no words of a ${type} but of its versions`,
        sql`select w.document_id, w.version from version_words w left join ${table} v
          on v.document_id = w.document_id and v.version = w.version
          where w.type = ${type} and v.document_id is null`,
      ],
      [
        `the slug of every version of a ${type} is kept for it`,
        sql`select v.document_id from ${table} v left join slugs s
          on s.type = ${type} and s.slug = v.slug and s.document_id = v.document_id
          where v.slug is not null and s.slug is null`,
      ],
      ...relations
        .filter(({ kind }) => kind === 'each')
        .map((relation): Rule => {
          const index = sql.table(listIndex(each, relation))
          return [
            `what finds a ${type} by its ${relation.field} has its windows`,
            sql`select i.document_id, i.version from ${index} i left join ${table} v
              on v.document_id = i.document_id and v.version = i.version
              where v.document_id is null or v.live_from is distinct from i.live_from
              or v.live_to is distinct from i.live_to`,
          ]
        }),
    ]
  })
}
