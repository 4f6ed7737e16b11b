import type { OpenApi } from './openapi-document.ts'

const SCHEMAS = '#/components/schemas/'

/** Every zod schema comes in two forms, `X` and `XInput`. Keeps those that are referred to, as `X` where that is free. */
export function withUsedSchemas(generated: OpenApi): OpenApi {
  const all = generated.components.schemas ?? {}
  const used = new Set<string>(['Problem'])
  const visit = (value: unknown): void => {
    for (const name of referredBy(value)) {
      if (used.has(name)) continue
      used.add(name)
      visit(all[name])
    }
  }
  visit([generated.paths, all.Problem])
  const finalName = (name: string) => {
    const plain = name.replace(/Input$/, '')
    return used.has(plain) ? name : plain
  }
  const schemas = Object.fromEntries([...used].sort().map((name) => [finalName(name), all[name]]))
  const whole = { ...generated, components: { ...generated.components, schemas } }
  return JSON.parse(JSON.stringify(whole), (key, value) =>
    key === '$ref' && String(value).startsWith(SCHEMAS)
      ? SCHEMAS + finalName(String(value).slice(SCHEMAS.length))
      : value,
  )
}

function referredBy(value: unknown): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  )
}
