import { iso31661 } from 'iso-3166/1.js' // without the names of all provinces
import { z } from 'zod'
import { idPattern } from './ids.ts'

/**
 * The kinds of field that content is made of. Each is a zod schema that also says what the OpenAPI
 * document says: lengths count Unicode code points, text is well formed, has no NUL and is stored in
 * the normal form NFC.
 */

/** One line of text: trimmed, never empty. */
export function line(max: number): z.ZodString {
  return text(max)
    .trim()
    .min(1, 'must not be empty')
    .refine((value) => !/[\r\n\u2028\u2029]/.test(value), 'must be one line')
}

/** Text of any shape, kept as it is; may be empty. */
export function prose(max: number): z.ZodString {
  return text(max)
}

function text(max: number): z.ZodString {
  return z
    .string()
    .normalize('NFC')
    .refine(
      (value) => value.isWellFormed() && !value.includes('\0'),
      'must be well-formed Unicode without NUL',
    )
    .refine((value) => value.length <= max || [...value].length <= max, {
      message: `must have at most ${max} characters`,
      params: { code: 'too_long' },
    })
    .meta({ maxLength: max })
}

/** An absolute address of the Web, stored in ASCII: `https://ü.example/ş` with its host and path encoded. */
export function webAddress(): z.ZodType<string> {
  return (
    z
      .string()
      .max(2048)
      // Not with a user name in it: readers would get its password.
      .regex(/^[hH][tT][tT][pP][sS]?:\/\/[^\s\\/?#@]+(?:[/?#][^\s\\]*)?$/, 'must be an http or https URL')
      .refine((value) => !/^https?:/i.test(value) || isStorable(value), 'must be an http or https URL')
      .overwrite(inAscii)
      .meta({ description: 'An http or https URL.', examples: ['https://example.org/story'] })
  )
}

function isStorable(value: string): boolean {
  return URL.canParse(value) && inAscii(value).length <= 2048
}

/** A URL that has only what a URI may have (RFC 3986) is kept as it was sent. */
function inAscii(value: string): string {
  return /^[!#-;=?-[\]_a-z~]*$/.test(value) || !URL.canParse(value) ? value : new URL(value).href
}

/** BCP 47, in its canonical form: `EN-gb` is stored as `en-GB`. */
export function language(): z.ZodType<string> {
  return z
    .string()
    .max(35)
    .refine(isLanguage, 'must be a BCP 47 language tag such as en, tr or pt-BR')
    .overwrite((value) => (isLanguage(value) ? (Intl.getCanonicalLocales(value)[0] ?? value) : value))
    .meta({ description: 'BCP 47.', examples: ['en'] })
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}

const countries = new Set(iso31661.map(({ alpha2 }) => alpha2))

/** ISO 3166-1 alpha-2: the codes that are assigned to countries today. */
export function country(): z.ZodType<string> {
  return z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code of two capital letters such as TR')
    .refine(
      (code) => !/^[A-Z]{2}$/.test(code) || countries.has(code),
      'must be the ISO 3166-1 code of a country',
    )
    .meta({ description: 'ISO 3166-1 alpha-2.', examples: ['RU'] })
}

/** Of a list in which nothing is said by saying it twice. */
export function eachOnce(values: string[]): string[] {
  return [...new Set(values)]
}

const ordered = z.registry<{ readonly isOrdered: true }>()

/** ISO 8601: a day, or a month or a year where no more is known. */
export function dayMonthOrYear(): z.ZodType<string> {
  return z
    .string()
    .regex(
      /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
      'must be a date (2020-10-14), a month (2020-10) or a year (2020)',
    )
    .refine(
      (value) => value.length < 10 || z.iso.date().safeParse(value).success,
      'must be a day that exists',
    )
    .meta({ description: 'A day that exists, or a month or a year (ISO 8601).', examples: ['2020-10-14'] })
    .register(ordered, { isOrdered: true })
}

/** The order of a field's texts is one that readers know, so that they can ask for what lies before or after. */
export function isOrdered(schema: z.ZodType): boolean {
  return ordered.has(schema)
}

/** A word or words in a form that can be typed into an address: `middle-east`. */
export function slug(): z.ZodString {
  return z
    .string()
    .min(1)
    .max(80)
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      'must be lower-case letters a-z, digits and single hyphens, such as middle-east',
    )
}

/** A list's place in the order of its parent; absent: at the end. */
export function position(): z.ZodType<number | null> {
  return z.int().min(0).max(LAST_POSITION).nullable()
}

export const LAST_POSITION = 1_000_000

interface Reference {
  readonly to: string
  /** The document lives with the one that it refers to: it is seen only where that is seen. */
  readonly isParent: boolean
}

const references = z.registry<Reference>()

/** The id of a document of another type; a request may give its slug instead. */
export function reference(to: string): z.ZodString {
  return refer({ to, isParent: false })
}

/** The id of the document that this one is a part of. It never changes. */
export function parent(to: string): z.ZodString {
  return refer({ to, isParent: true })
}

function refer(target: Reference): z.ZodString {
  const schema = z.string().regex(idPattern(target.to))
  references.add(schema, target)
  return schema
}

/** What a field refers to, if it is a reference or may be null instead of one. */
export function referenceOf(schema: z.ZodType): Reference | undefined {
  return references.get(schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema)
}

const correctable = z.registry<{ readonly isCorrectable: true }>()

/** What readers rely on: a change of it in what is live can be explained by a public correction. Outermost, or it is lost. */
export function onRecord<Schema extends z.ZodType>(schema: Schema): Schema {
  correctable.add(schema, { isCorrectable: true })
  return schema
}

export function isOnRecord(schema: z.ZodType): boolean {
  return correctable.has(schema)
}
