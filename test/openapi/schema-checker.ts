import Ajv2020 from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { OpenApi } from '../../src/http/openapi-document.ts'
import type { Schema } from './operation.ts'

/** Says what a value has wrong by a schema of the document, or undefined when it is valid. */
export type Check = (schema: Schema, value: unknown) => string | undefined

/** JSON Schema 2020-12, which is what OpenAPI 3.1 is written in; formats are asserted. */
export function schemaChecker(document: OpenApi): Check {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ ...document, $id: 'openapi' })
  const compiled = new WeakMap<Schema, ReturnType<typeof ajv.compile>>()
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(withWholeRefs(schema))
    compiled.set(schema, validate)
    return validate(value) ? undefined : ajv.errorsText(validate.errors)
  }
}

/** A schema is compiled outside the document, so what it refers to is named in full. */
function withWholeRefs(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value) => (key === '$ref' ? `openapi${value}` : value))
}
