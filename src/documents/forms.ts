import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { DatelineError } from '../errors.ts'
import { acceptable, assertAcceptsJson, preferred, type Sent, sendText } from '../http/reply.ts'
import { mediaTypeOf, type TextBody } from '../http/text-body.ts'
import type { Instant } from '../storage/clock.ts'
import type { Storage } from '../storage/open.ts'
import type { Rules } from './commit.ts'
import type { ContentType } from './content-type.ts'
import { formatInstant } from './instants.ts'
import type { Document } from './rows.ts'

/** A form that documents of a type have besides JSON: by `Accept`, or by an extension of their address. */
export interface Form {
  readonly mediaType: string
  /** `html`. No slug or id has a dot in it. */
  readonly extension: string
  /** What people call it. */
  readonly name: string
  /** The relations that it shows, as in the parameter `include`. */
  readonly include: string
  /** What its answers have besides the usual headers. */
  readonly headers?: Readonly<Record<string, string>>
  render(document: Document, read: FormRead): Promise<string>
  /** For a form that requests may send as well. */
  readonly body?: TextBody
}

/** Where and when a document is read. */
export interface FormRead {
  /** The address of this server, without a slash at its end. */
  readonly base: string
  /** RFC 3339; null for the present and for the newest version. */
  readonly at: string | null
  readonly forms: readonly OtherForm[]
}

export interface OtherForm {
  readonly mediaType: string
  readonly name: string
  /** Relative to this server. */
  readonly href: string
}

export interface Forms {
  readonly all: readonly Form[]
  /** The address of this server, for those who read an answer elsewhere. */
  base(request: FastifyRequest): string
  /** How a document is made from a text that was written for people. */
  readonly intake?: Intake
  /** Where a document would rather be found. */
  canonical(document: Document): string | null
}

/** What a type takes that is no form of it: the route reads a document out of it, and says how. */
export interface Intake {
  readonly texts: readonly TextBody[]
  readonly parameters: z.ZodRawShape
  /** What is answered beside the document. */
  readonly told: z.ZodRawShape
  /** The media types in which that is answered besides JSON. */
  readonly answers: readonly string[]
  answer(
    storage: Storage,
    rules: Rules,
    type: ContentType,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Sent>
}

const json = { mediaType: 'application/json', extension: 'json', name: 'JSON' }

interface Query {
  readonly at?: Instant | 'latest' | undefined
  readonly include?: string | undefined
  readonly fields?: readonly string[] | undefined
}

type Asking = FastifyRequest<{ Params: { id: string }; Querystring: Query }>

export interface AskedForm {
  /** Undefined for JSON. */
  readonly form: Form | undefined
  /** The id or slug. */
  readonly key: string
  /** With its dot, as it stands in the address; mostly none. */
  readonly suffix: string
}

/**
 * Which form a request asks for. An extension says more than `Accept`. With `include` or `fields`, which
 * shape JSON alone, it is JSON wherever the client takes that.
 *
 * @throws DatelineError `not_acceptable` with the forms that there are, `invalid_query` for a parameter that
 *   the form does not have
 */
export function askedForm(forms: Forms | undefined, request: Asking): AskedForm {
  const { id } = request.params
  if (!forms) {
    assertAcceptsJson(request)
    return { form: undefined, key: id, suffix: '' }
  }
  const { key, suffix, extension } = split(forms, id)
  const shaping = (['include', 'fields'] as const).filter((name) => request.query[name] !== undefined)
  const isShaped = shaping.length > 0 && extension === undefined && acceptable(request, [json.mediaType])
  const form = isShaped ? undefined : formFor(forms, request, extension)
  if (form && shaping.length > 0) throw shapeless(form, shaping)
  return { form, key, suffix }
}

function split({ all }: Forms, id: string): { key: string; suffix: string; extension?: string } {
  if (!id.includes('.')) return { key: id, suffix: '' }
  const [, key = '', extension = ''] = /^(.+)\.(\w+)$/.exec(id) ?? []
  const isKnown = [json, ...all].some((form) => form.extension === extension)
  return isKnown ? { key, suffix: `.${extension}`, extension } : { key: id, suffix: '' }
}

function formFor({ all }: Forms, request: FastifyRequest, extension: string | undefined): Form | undefined {
  if (extension !== undefined) return all.find((form) => form.extension === extension)
  if (request.headers.accept === undefined) return undefined
  const every = [json, ...all]
  const extensions = Object.fromEntries(every.map((form) => [form.mediaType, form.extension]))
  const chosen = preferred(request, Object.keys(extensions), extensions)
  return all.find(({ mediaType }) => mediaType === chosen)
}

function shapeless({ name }: Form, parameters: readonly string[]): DatelineError {
  const detail = `is for JSON. ${name} always has everything: leave it out, or ask for application/json.`
  const items = parameters.map((parameter) => ({ parameter, code: 'not_allowed' as const, detail }))
  return new DatelineError('invalid_query', items.map((item) => `${item.parameter} ${detail}`).join(' '), {
    items,
  })
}

/** Sends a document in a form, with links to its others. */
export async function sendForm(
  forms: Forms,
  form: Form,
  request: Asking,
  reply: FastifyReply,
  document: Document,
  address: string,
): Promise<Sent> {
  const query = request.url.split('?')[1]
  const others = [json, ...forms.all]
    .filter(({ mediaType }) => mediaType !== form.mediaType)
    .map(({ mediaType, name, extension }) => ({
      mediaType,
      name,
      href: `${address}.${extension}${query === undefined ? '' : `?${query}`}`,
    }))
  const at = typeof request.query.at === 'number' ? formatInstant(request.query.at) : null
  const text = await form.render(document, { base: forms.base(request), at, forms: others })
  const alternates = others.map(({ href, mediaType }) => `<${href}>; rel="alternate"; type="${mediaType}"`)
  reply.headers(form.headers ?? {})
  reply.header(
    'link',
    [`<${forms.canonical(document) ?? address}>; rel="canonical"`, ...alternates].join(', '),
  )
  return sendText(request, reply, text, { mediaType: form.mediaType, version: document.version })
}

/** The texts that a request to this type may send. */
export function textsOf(forms: Forms | undefined): readonly TextBody[] {
  return (forms?.all ?? []).flatMap(({ body }) => body ?? [])
}

/**
 * `PUT …/story.md` replaces `story`: takes the extension from the key, for those who send a file by its name.
 *
 * @throws DatelineError `unsupported_media_type` when what is sent is in another form
 */
export function withoutExtension(forms: Forms | undefined) {
  return async (request: FastifyRequest<{ Params: { id: string } }>): Promise<void> => {
    if (!forms) return
    const { key, extension } = split(forms, request.params.id)
    if (extension === undefined) return
    const { mediaType } = [json, ...textsOf(forms)].find((text) => text.extension === extension) ?? {}
    const sent = mediaTypeOf(request)
    if (mediaType === undefined || (sent !== undefined && sent !== mediaType))
      throw new DatelineError(
        'unsupported_media_type',
        `${sent ?? 'The body'} cannot be written to an address that ends in .${extension}. Leave the extension out, or send what it says.`,
      )
    request.params.id = key
  }
}

/** For the OpenAPI document: what a type's documents can be had as besides JSON. */
export function mediaTypesOf(forms: Forms | undefined): readonly string[] {
  return (forms?.all ?? []).map(({ mediaType }) => mediaType)
}

/** The sentence that tells of them. */
export function toldForms(forms: Forms | undefined): string {
  if (!forms) return ''
  const names = forms.all.map(({ name, extension }) => `${name} (\`.${extension}\`)`)
  return ` Also as ${names.join(', ')}: by \`Accept\`, or by that extension after the id or slug.`
}
